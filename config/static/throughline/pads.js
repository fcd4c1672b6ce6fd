// Saves what is typed on a page while it is typed. What somebody wrote lives on this page and on the server,
// never in the browser's storage: several people share these machines.
(() => {
  const PAUSE = 1500; // after the last key, in milliseconds
  const LONGEST = 10000; // text that never pauses is saved this often
  const RETRY = 5000;
  const all = [];

  function token(form) {
    // Signing in again changes the token; the cookie has the one that counts.
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return found ? decodeURIComponent(found[1]) : form.elements.csrfmiddlewaretoken.value;
  }

  class Pad {
    constructor(form) {
      this.form = form;
      this.texts = [...form.querySelectorAll("textarea")]; // one, or the parts of a note: saved together
      this.state = form.querySelector(".tl-state");
      this.stored = this.typed_text;
      this.running = null;
      this.stuck = false; // a decision of the user is wanted first
      for (const text of this.texts) {
        text.addEventListener("input", () => this.typed());
        text.addEventListener("blur", () => this.save());
      }
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.stuck = false;
        this.save(true);
      });
    }

    get typed_text() {
      return JSON.stringify(this.texts.map((text) => text.value));
    }

    get dirty() {
      return this.typed_text !== this.stored;
    }

    typed() {
      this.since ??= Date.now();
      const longest = Math.max(0, this.since + LONGEST - Date.now());
      this.again(Math.min(PAUSE, longest));
      if (!this.stuck) this.say("Not saved yet");
    }

    again(after) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), after);
    }

    say(words, ...more) {
      this.state.replaceChildren(words, ...more);
    }

    save(asked = false) {
      clearTimeout(this.timer);
      if (this.running) return this.running.then(() => (this.dirty ? this.save(asked) : undefined));
      if (this.stuck || (!this.dirty && !asked)) return Promise.resolve();
      this.running = this.send(this.typed_text).finally(() => (this.running = null));
      return this.running;
    }

    async send(text) {
      this.since = null;
      if (this.sent !== text) {
        this.sent = text; // sent again after a lost answer it keeps its key, and is stored once
        this.form.elements._key.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
          byte.toString(16).padStart(2, "0")).join("");
      }
      const body = new FormData(this.form);
      body.delete("csrfmiddlewaretoken");
      this.say("Saving…");
      let answer;
      let said = {};
      try {
        answer = await fetch(this.form.action, {
          method: "POST",
          body,
          redirect: "manual",
          headers: { Accept: "application/json", "X-CSRFToken": token(this.form) },
        });
        if ((answer.headers.get("Content-Type") || "").startsWith("application/json")) said = await answer.json();
      } catch {
        this.say("Not saved: no connection. Your text is still here, and is sent again.");
        return this.again(RETRY);
      }
      if (answer.ok && said.version) {
        this.stored = text;
        this.sent = null;
        this.form.elements._version.value = said.version;
        this.say(`Saved ${said.saved}`);
        if (this.dirty) this.again(PAUSE);
      } else if (answer.type === "opaqueredirect") {
        this.say("Not saved: you are signed out. ", link("Sign in in another tab", this.form.dataset.login),
          "; your text is still here.");
        this.again(RETRY);
      } else if (answer.status === 412) {
        this.stuck = true;
        this.sent = null;
        const keep = document.createElement("button");
        keep.type = "button";
        keep.className = "tl-small";
        keep.textContent = "Keep what is here";
        keep.addEventListener("click", () => {
          this.form.elements._version.value = said.version;
          this.stuck = false;
          this.save(true);
        });
        this.say("Not saved: this was changed in another tab or by somebody else. ",
          link("See what is saved", this.form.dataset.page), " ", keep);
      } else if (said.sentence) {
        this.sent = null;
        this.say(`Not saved: ${said.sentence} Your text is still here.`);
      } else {
        this.say("Not saved: whoever is signed in now may not write this. ",
          link("Sign in in another tab", this.form.dataset.login), "; your text is still here.");
        this.again(RETRY);
      }
    }
  }

  function link(words, address) {
    const made = document.createElement("a");
    made.href = address;
    made.target = "_blank";
    made.textContent = words;
    return made;
  }

  for (const form of document.querySelectorAll("form[data-pad]")) all.push(new Pad(form));
  const unsaved = () => all.some((pad) => pad.dirty);

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) all.forEach((pad) => pad.save());
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved()) event.preventDefault();
  });
  // A verb of this page, such as signing, is about what stands on it: that is saved first.
  document.addEventListener("click", async (event) => {
    const way = event.target.closest("a[href]");
    if (!way || way.target || event.button || event.ctrlKey || event.metaKey || event.shiftKey || !unsaved()) return;
    event.preventDefault();
    await Promise.all(all.map((pad) => pad.save()));
    if (!unsaved()) window.location.assign(way.href);
  });
})();
