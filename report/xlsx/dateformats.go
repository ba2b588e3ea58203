package xlsx

// dateFormats show days, months and shares as documents of a language write them;
// a number's format is no matter of language: Excel shows it with the separators
// of whoever opens the workbook.
type dateFormats struct{ day, month, axis, share string }

// formatsOf returns the formats of a language by its BCP 47 tag. Names of months
// come in the workbook's language, not in Excel's: [$-407] is German by its
// number in [MS-LCID]; where they are too long for an axis it has numbers. The
// default keeps to what every reader understands.
func formatsOf(language string) dateFormats {
	switch language {
	case "en-GB":
		return dateFormats{"dd/mm/yyyy", "[$-809]mmm yyyy", "[$-809]mmm yy", shareFormat}
	case "en-US":
		return dateFormats{"m/d/yyyy", "[$-409]mmm yyyy", "[$-409]mmm yy", shareFormat}
	case "de":
		return dateFormats{"dd.mm.yyyy", "[$-407]mmm yyyy", "mm.yy", spacedShare}
	case "fr":
		return dateFormats{"dd/mm/yyyy", "[$-40C]mmm yyyy", "mm/yy", spacedShare}
	case "es":
		return dateFormats{"dd/mm/yyyy", "[$-C0A]mmm yyyy", "mm/yy", spacedShare}
	case "nl":
		return dateFormats{"dd-mm-yyyy", "[$-413]mmm yyyy", "[$-413]mmm yy", spacedShare}
	}
	return dateFormats{"yyyy-mm-dd", "mmm yyyy", "mmm yy", shareFormat}
}
