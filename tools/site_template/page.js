// What a page does beside its panels: predictions commit, exercises are judged, pictures open, solutions are printed at the end.
// What is kept has the form of the notebooks' scores.json.
const KEPT = "course-scores";

function scores() {
  try { return JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { return {}; }
}

function keep(change) {
  try {
    const kept = scores();
    change(kept);
    localStorage.setItem(KEPT, JSON.stringify(kept));
  } catch { /* a browser that keeps nothing: the page works all the same */ }
}

const dataOf = form => JSON.parse(form.querySelector("script").textContent);
const following = (element, selector, until) => {  // elements after this one, up to the next `until`
  const all = [...document.querySelectorAll(`${selector}, ${until}`)];
  const after = all.filter(each => element.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
  const end = after.findIndex(each => each.matches(until));
  return (end < 0 ? after : after.slice(0, end)).filter(each => each.matches(selector));
};

for (const form of document.querySelectorAll("form.ask")) {
  const { right, told } = dataOf(form);
  const [choices, sure] = [...form.querySelectorAll("fieldset")].map(group => [...group.querySelectorAll("input")]);
  const commit = form.querySelector("button"), said = form.querySelector(".verdict");
  const chosen = group => group.find(each => each.checked);
  const tell = () => {
    said.innerHTML = `<p>${told[Number(Number(chosen(choices).value) === right)] ?? told[0]}</p>`;
    for (const each of [...choices, ...sure, commit]) each.disabled = true;
    form.classList.add("told");
    for (const waiting of following(form, "details.course-waits", "form.ask")) waiting.open = true;
  };
  form.addEventListener("change", () => { commit.disabled = !(chosen(choices) && chosen(sure)); });
  form.addEventListener("submit", event => {
    event.preventDefault();
    if (!chosen(choices) || !chosen(sure)) return;
    const score = { chosen: Number(chosen(choices).value), sure: chosen(sure).value };
    keep(kept => { kept[form.dataset.name] ??= { chosen: score.chosen, right: score.chosen === right, sure: score.sure }; });
    tell();
  });
  const before = scores()[form.dataset.name];
  if (before) {
    const [choice, certainty] = [choices.find(each => Number(each.value) === before.chosen), sure.find(each => each.value === before.sure)];
    if (choice && certainty) { choice.checked = certainty.checked = true; tell(); }
  }
}

// The number of the cell of the table that holds an answer, or a sentence that says what is missing.
function cellOf(form, parts) {
  let cell = 0;
  for (const [k, part] of parts.entries()) {
    const radios = [...form.querySelectorAll("input[type=radio]")];
    const field = radios.length ? radios.find(each => each.checked) : form.querySelectorAll(".fields input, .fields select")[k];
    const text = field?.value.trim().replace("−", "-").replace(",", ".") ?? "";
    const value = Number(text);
    if (text === "") return "";
    if (!Number.isFinite(value)) return `A number is wanted, you gave “${text}”.`;
    cell = Array.isArray(part) ? cell * (part.length + 1) + part.filter(cut => cut < value).length : cell * part + value;
  }
  return cell;
}

for (const form of document.querySelectorAll("form.judge")) {
  const { parts, table, verdicts } = dataOf(form);
  const said = form.querySelector(".verdict");
  const show = (state, mark, text) => { said.className = `verdict ${state}`; said.innerHTML = `<p><b>${mark}</b> ${text}</p>`; };
  form.addEventListener("submit", event => {
    event.preventDefault();
    let cell = cellOf(form, parts);
    if (cell === "") return show("blank", "○ Not answered yet.", "Fill in every field.");
    if (typeof cell === "string") { show("wrong", "✗ Not yet.", ""); said.querySelector("p").append(cell); return; }
    const [number] = table.find(([, count]) => (cell -= count) < 0);
    show(...verdicts[number]);
    keep(kept => {
      kept.exercises ??= {};
      kept.exercises[form.dataset.name] = { state: verdicts[number][0], tries: (kept.exercises[form.dataset.name]?.tries ?? 0) + 1 };
    });
  });
}

// Three warm-ups at a time, others at each visit.
for (const box of document.querySelectorAll(".warm-ups")) {
  const forms = [...box.querySelectorAll("form")];
  const draw = () => {
    const order = forms.map(form => [Math.random(), form]).sort((a, b) => a[0] - b[0]);
    order.forEach(([, form], k) => { form.hidden = k >= Number(box.dataset.atOnce); });
  };
  box.querySelector(".others")?.addEventListener("click", draw);
  draw();
}

const foot = document.querySelector(".course-kept");
foot.querySelector(".save").addEventListener("click", () => {
  const { exercises = {}, ...committed } = scores();
  const file = new Blob([JSON.stringify({ scores: committed, exercises }, null, 1)], { type: "application/json" });
  Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: "hand_in.json" }).click();
  foot.querySelector("[role=status]").textContent = "Saved as hand_in.json. It holds no name and no time.";
});
foot.querySelector(".forget").addEventListener("click", () => {
  try { localStorage.removeItem(KEPT); } catch { /* nothing was kept */ }
  location.reload();
});

// A picture opens in full size; without this script its link leads to the file.
const zoom = document.querySelector(".course-zoom");
for (const link of document.querySelectorAll("a.figure")) {
  link.addEventListener("click", event => {
    event.preventDefault();
    const image = Object.assign(new Image(), { src: link.href, alt: link.querySelector("img").alt });
    zoom.querySelector("div").replaceChildren(image);
    zoom.showModal();
  });
}

// What is wider than the screen scrolls, so the keyboard must reach it.
const reach = () => {
  for (const box of document.querySelectorAll("pre, .shown, .formula, .long, .cell table, .picture")) {
    if (box.closest("dialog")) continue;
    const wide = box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== "visible";
    if (wide && !box.hasAttribute("tabindex")) { box.tabIndex = 0; box.dataset.wide = ""; } else if (!wide && "wide" in box.dataset) {
      box.removeAttribute("tabindex");
      delete box.dataset.wide;
    }
  }
};
addEventListener("load", reach);
addEventListener("resize", reach);
document.addEventListener("toggle", reach, true);
document.addEventListener("click", () => requestAnimationFrame(reach));

// Contents: the menu of a narrow screen closes when a section was chosen.
document.querySelector(".course-menu").addEventListener("click", event => { if (event.target.matches("a")) event.currentTarget.open = false; });

// On paper, solutions and answers stand at the end.
const print = document.querySelector(".course-print");
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main .text details, details.course-waits")) {
    const copy = document.createElement("div");
    const above = [...document.querySelectorAll("main h2, main h3")]
      .filter(each => each.compareDocumentPosition(details) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
    copy.innerHTML = `<h3>${above?.textContent ?? ""}: ${details.querySelector("summary").textContent.replace(/ \(commit .*\)$/, "")}</h3>`;
    for (const part of details.childNodes) if (part.nodeName !== "SUMMARY") copy.append(part.cloneNode(true));
    for (const image of copy.querySelectorAll("img")) image.loading = "eager";
    print.append(copy);
  }
  for (const form of document.querySelectorAll("form.ask")) {
    const { right, told } = dataOf(form);
    const copy = document.createElement("div");
    const answer = form.querySelector(`fieldset input[value="${right}"]`)?.parentElement.textContent ?? "";
    if (told.length > 1) copy.innerHTML = `<h3>${form.querySelector("legend").innerHTML}</h3><p><b>${answer}.</b> ${told[1].replace(/^<b>.*?<\/b>/, "")}</p>`;
    print.append(copy);
  }
  print.hidden = false;
});
addEventListener("afterprint", () => { print.replaceChildren(print.firstElementChild); print.hidden = true; });
