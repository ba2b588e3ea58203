"use strict";
// Long lists are shown a part at a time, so that a page of 20,000 funds stays
// quick: rows that are not shown are kept outside of the document.
(() => {
	const part = 100;
	const form = document.getElementById("search");
	const search = document.getElementById("words");
	const decision = document.getElementById("decision");
	const found = document.getElementById("found");
	const fill = (text, n, all) => text.replace("{n}", n.toLocaleString(document.documentElement.lang)).replace("{all}", all.toLocaleString(document.documentElement.lang));
	// fold lets "sohne" find "Söhne".
	const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");

	const lists = [...document.querySelectorAll("[data-list]")].map(box => {
		const items = [...box.children].map(node => ({node, text: null}));
		const more = document.createElement("button");
		more.type = "button";
		(box.closest(".wide") || box).after(more);
		return {box, items, more, hits: items, shown: part};
	});

	const show = (list, count) => {
		list.shown = Math.min(Math.max(count, part), list.hits.length);
		list.box.replaceChildren(...list.hits.slice(0, list.shown).map(item => item.node));
		list.more.hidden = list.shown === list.hits.length;
		const group = list.box.closest("[data-group]");
		if (group) group.hidden = !list.hits.length;
		list.more.textContent = fill(list.box.dataset.more, Math.min(part, list.hits.length - list.shown), list.hits.length);
	};

	const matches = (item, words, kind) => {
		if (kind && item.node.dataset.kind && item.node.dataset.kind !== kind) return false;
		if (!words.length) return true;
		item.text ??= fold(item.node.textContent);
		return words.every(word => item.text.includes(word));
	};

	const filter = () => {
		const words = fold(search.value).split(" ").filter(Boolean);
		let hits = 0, all = 0;
		for (const list of lists) {
			list.hits = list.items.filter(item => matches(item, words, decision.value));
			show(list, part);
			hits += list.hits.length;
			all += list.items.length;
		}
		found.textContent = words.length || decision.value ? fill(found.dataset.found, hits, all) : "";
	};

	for (const list of lists) {
		show(list, part);
		list.box.classList.add("ready");
		list.more.addEventListener("click", () => {
			const first = list.hits[list.shown].node;
			show(list, list.shown + part);
			first.tabIndex = -1;
			first.focus();
		});
	}
	form.hidden = false;
	search.addEventListener("input", filter);
	decision.addEventListener("change", filter);
	form.addEventListener("submit", event => event.preventDefault());

	// Print everything that was found.
	let before = [];
	addEventListener("beforeprint", () => {
		before = lists.map(list => list.shown);
		for (const list of lists) show(list, list.hits.length);
	});
	addEventListener("afterprint", () => lists.forEach((list, i) => show(list, before[i])));
})();
