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
	const plain = /^[\0-\x7f·–−]*$/;
	const fold = text => (plain.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "")).toLowerCase().replace(/\s+/g, " ");

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

	// What funds can be filtered by, and where a row has it.
	const choices = {program: row => row.cells[1].textContent, deadline: row => row.cells[4].textContent, entity: row => row.dataset.entity || ""};
	const picked = Object.keys(choices).map(id => ({pick: document.getElementById(id), of: choices[id]}));
	const risk = document.getElementById("risk");
	const fits = row => (!decision.value || row.dataset.kind === decision.value) &&
		picked.every(({pick, of}) => !pick.value || of(row) === pick.value) &&
		(!risk.value || Number(row.dataset.risk || 0) >= Number(risk.value));
	const matches = (item, words) => {
		if (item.node.dataset.kind && !fits(item.node)) return false;
		return words.every(word => textOf(item).includes(word));
	};
	const textOf = item => item.text ??= fold(item.node.textContent);

	// What is typed at the end of what was searched for can only leave fewer rows.
	let last = null;
	const filter = () => {
		const typed = fold(search.value), words = typed.split(" ").filter(Boolean);
		const others = JSON.stringify([decision.value, risk.value, ...picked.map(p => p.pick.value)]);
		const fewer = last && last.others === others && typed.startsWith(last.typed);
		if (fewer && typed === last.typed) return;
		last = {typed, others};
		let hits = 0, all = 0;
		for (const list of lists) {
			list.hits = (fewer ? list.hits : list.items).filter(item => matches(item, words));
			show(list, part);
			hits += list.hits.length;
			all += list.items.length;
		}
		found.textContent = words.length || decision.value || risk.value || picked.some(p => p.pick.value) ? fill(found.dataset.found, hits, all) : "";
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
	const funds = lists.flatMap(list => list.items.map(item => item.node)).filter(node => node.dataset.kind);
	for (const {pick, of} of picked) {
		const values = [...new Set(funds.map(of))].filter(Boolean);
		if (pick.id === "program") values.sort();
		pick.append(...values.map(value => new Option(value)));
		pick.closest("p").hidden = values.length < 2;
		pick.addEventListener("change", filter);
	}
	risk.addEventListener("input", filter);
	form.hidden = false;
	search.addEventListener("input", filter);
	decision.addEventListener("change", filter);
	form.addEventListener("submit", event => event.preventDefault());

	// The rows' texts are prepared while nothing else is to be done, so that the first
	// letter of a search does not wait for all of them.
	const rows = lists.flatMap(list => list.items);
	const later = window.requestIdleCallback ?? (work => setTimeout(() => work({timeRemaining: () => 5}), 20));
	let next = 0;
	const prepare = idle => {
		while (next < rows.length && idle.timeRemaining() > 1) textOf(rows[next++]);
		if (next < rows.length) later(prepare);
	};
	later(prepare);

	// Print everything that was found.
	let before = [];
	addEventListener("beforeprint", () => {
		before = lists.map(list => list.shown);
		for (const list of lists) show(list, list.hits.length);
	});
	addEventListener("afterprint", () => lists.forEach((list, i) => show(list, before[i])));
})();
