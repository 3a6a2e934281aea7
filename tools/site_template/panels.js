// Panels without a kernel. A panel's frames.js, loaded when it is touched, lists its frames: for each group of controls that move
// together one for each combination. A state is a place (one position per control) or a node (a frame that only buttons reach).
function framesOf(panel) {
  const name = panel.dataset.panel;
  const loaded = window.coursePanels?.[name];
  if (loaded) return Promise.resolve(loaded);
  panel.loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${name}/frames.js`;
    script.onload = () => done(window.coursePanels[name]);
    script.onerror = failed;
    document.head.append(script);
  });
  return panel.loading;
}

class BakedPanel {
  constructor(root) {
    this.root = root;
    this.image = root.querySelector("img.frame");
    this.readout = root.querySelector(".readout");
    this.controls = [...root.querySelectorAll("[data-control]")];
    this.presses = [...root.querySelectorAll("[data-press]")];
    this.place = this.controls.map(control => Number(control.value));
    this.node = null;
    this.moved = [];  // numbers of the controls that were moved, the latest last
    for (const event of ["pointerenter", "focusin"]) root.addEventListener(event, () => this.load(), { once: true });
    this.controls.forEach((control, c) => {
      control.addEventListener("input", () => this.move({ [c]: Number(control.value) }));
      for (const event of ["pointerenter", "focus"]) control.addEventListener(event, () => this.fetchAlong(c));
    });
    this.presses.forEach((button, k) => button.addEventListener("click", () => this.press(k)));
    root.querySelector(".reset").addEventListener("click", () => this.reset());
    root.querySelector(".keep").addEventListener("click", event => this.keep(event.currentTarget));
    root.querySelector(".full").addEventListener("click", ({ currentTarget }) => currentTarget.setAttribute("aria-pressed", root.classList.toggle("fully")));
    root.querySelector(".clock")?.addEventListener("click", event => this.play(event.currentTarget));
    if ("hand" in root.dataset) {
      this.image.addEventListener("pointerdown", event => this.down(event));
      this.image.addEventListener("pointermove", event => this.drag(event));
    }
  }

  async load() { return this.data ??= await framesOf(this.root); }

  // The frame at a place, or undefined where no group holds all controls that are away from their start.
  frameAt(place) {
    const away = place.map((k, c) => c).filter(c => place[c] !== this.data.controls[c].home);
    const group = this.data.groups.find(each => away.every(c => each.controls.includes(c)));
    if (!group) return undefined;
    return group.frames[group.controls.reduce((at, c) => at * this.data.controls[c].shown.length + place[c], 0)];
  }

  // Put controls at positions {control: position}; what was moved longest ago goes back to its start until there is a frame.
  async move(positions) {
    await this.load();
    const changed = Object.keys(positions).map(Number);
    this.moved = [...this.moved.filter(c => !changed.includes(c)), ...changed];
    const place = this.place.map((k, c) => positions[c] ?? k);
    for (const c of this.moved) {
      if (this.frameAt(place) !== undefined) break;
      if (!changed.includes(c)) place[c] = this.data.controls[c].home;
    }
    for (const c of changed) if (this.frameAt(place) === undefined) place[c] = this.data.controls[c].home;
    this.node = null;
    this.place = place;
    this.show(this.frameAt(place));
  }

  show(frame) {
    this.image.src = `${this.root.dataset.panel}/${this.data.files[frame]}`;
    this.image.alt = this.readout.textContent = this.data.sentences[frame];
    this.controls.forEach((control, c) => {
      const { home, shown } = this.data.controls[c];
      control.value = this.place[c];
      control.parentElement.classList.toggle("moved", this.place[c] !== home);
      const value = control.parentElement.querySelector("output");
      if (value) { value.value = shown[this.place[c]]; control.setAttribute("aria-valuetext", value.value); }
    });
    this.presses.forEach((button, k) => button.setAttribute("aria-disabled", this.target(k) === undefined));
  }

  target(k) {
    if (this.node === null) return this.data.buttons[k][this.place.join(",")];
    return this.data.nodes[this.node].to[this.presses[k].textContent];
  }

  async press(k) {
    await this.load();
    const to = this.target(k);
    if (to === undefined) return;
    this.node = typeof to === "number" ? to : null;
    this.place = this.node === null ? to : this.data.controls.map(control => control.home);
    this.show(this.node === null ? this.frameAt(to) : this.data.nodes[this.node].frame);
  }

  async reset() {
    await this.load();
    this.moved = [];
    this.node = null;
    this.place = this.data.controls.map(control => control.home);
    this.show(this.frameAt(this.place));
    if (this.ghost) this.keep(this.root.querySelector(".keep"));
  }

  async fetchAlong(c) {
    await this.load();
    for (let k = 0; k < this.data.controls[c].shown.length; k++) {
      const frame = this.frameAt(this.place.map((at, other) => other === c ? k : at));
      if (frame !== undefined) new Image().src = `${this.root.dataset.panel}/${this.data.files[frame]}`;
    }
  }

  keep(button) {
    if (this.ghost) { this.ghost.remove(); this.ghost = null; } else {
      this.ghost = this.image.cloneNode();
      this.ghost.className = "ghost";
      this.ghost.alt = "";
      this.image.before(this.ghost);
    }
    button.setAttribute("aria-pressed", Boolean(this.ghost));
    this.root.classList.toggle("compared", Boolean(this.ghost));
  }

  // Time: one control moves on by a position at each tick, and begins again at its end.
  play(button, c = Number(button.dataset.clock)) {
    this.fetchAlong(c);
    clearInterval(this.clock);
    this.clock = this.clock ? null : setInterval(() => this.move({ [c]: (this.place[c] + 1) % (Number(this.controls[c].max) + 1) }), 300);
    button.setAttribute("aria-pressed", Boolean(this.clock));
  }

  down(event) {
    this.load();
    if (event.pointerType === "mouse") this.image.setPointerCapture(event.pointerId);
    this.drag(event, true);
  }

  async drag(event, pressed = event.buttons > 0) {
    if (!pressed) return;
    const box = this.image.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width, y = (event.clientY - box.top) / box.height;
    await this.load();
    const { across, down, moves } = this.data.pointer;
    const cell = Math.floor(Math.min(Math.max(y, 0), 0.999) * down) * across + Math.floor(Math.min(Math.max(x, 0), 0.999) * across);
    const positions = {};
    for (const [c, ks] of Object.entries(moves)) if (ks[cell] >= 0) positions[c] = ks[cell];
    if (Object.keys(positions).length) this.move(positions);
  }
}

for (const root of document.querySelectorAll(".baked.panel")) root.panel = new BakedPanel(root);
