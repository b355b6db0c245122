// What markup alone cannot do for a passenger's report: what is typed and not sent yet outlives a reload, Back, the other language and a closed tab. It is
// kept for this tab alone and not for long, since the phone may be shared, and is gone once the report is sent.
const prefix = "report ";
const keptFor = 30 * 60 * 1000;

const forget = () => Object.keys(sessionStorage).filter(key => key.startsWith(prefix)).forEach(key => sessionStorage.removeItem(key));

const read = key => {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  return kept && Date.now() - kept.at < keptFor ? kept : { typed: {} };
};

const asDrawn = field => field.options ? ([...field.options].find(option => option.defaultSelected) ?? field.options[0]).value : field.defaultValue;

const keep = form => {
  const key = prefix + form.dataset.draft;
  const kept = read(key);
  const again = form.querySelector("[data-photo-again]");
  const photo = form.querySelector("input[type=file]");
  const fields = [...form.querySelectorAll("[name^='Form.']:not([type=hidden])")];

  const save = () => sessionStorage.setItem(key, JSON.stringify({ ...kept, at: Date.now() }));

  for (const field of fields) {
    // On a slow line somebody types before this script has come.
    if (field.value !== asDrawn(field))
      kept.typed[field.name] = field.value;
    else if (field.name in kept.typed)
      field.value = kept.typed[field.name];
  }
  if (Object.keys(kept.typed).length > 0)
    save();
  // A file cannot be put back.
  if (photo && kept.hasPhoto && photo.files.length === 0)
    again.hidden = form.querySelector("#photo-fault") !== null;

  form.addEventListener("input", changed => {
    if (changed.target === photo) {
      kept.hasPhoto = photo.files.length > 0;
      again.hidden = true;
    } else if (fields.includes(changed.target))
      kept.typed[changed.target.name] = changed.target.value;
    save();
  });
};

if (document.querySelector("[data-sent]"))
  forget();
const form = document.querySelector("form[data-draft]");
if (form)
  keep(form);
// A page out of the browser's memory may be older than what was sent since.
addEventListener("pageshow", shown => shown.persisted && location.reload());
