// Forms that carry a passkey: shown where the browser can keep one, filled when its owner has unlocked it. Without script the password does.

// A passkey belongs to a name, never to a bare address.
const hasName = !/^[\d.]+$|^\[/.test(location.hostname);
const isAble = hasName && window.PublicKeyCredential?.parseCreationOptionsFromJSON !== undefined;

async function obtain(form) {
  const answer = await fetch(form.dataset.passkey, {
    method: 'POST',
    headers: { RequestVerificationToken: form.elements.__RequestVerificationToken.value },
  });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const options = await answer.json();
  return 'creates' in form.dataset
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

for (const form of isAble ? document.querySelectorAll('form[data-passkey]') : []) {
  form.hidden = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const failed = form.querySelector('[data-failed]');
    failed.hidden = true;
    try {
      form.elements.Credential.value = JSON.stringify(await obtain(form));
    } catch {
      failed.hidden = false;
      return;
    }
    form.submit();
  });
}
