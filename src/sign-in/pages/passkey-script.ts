/**
 * The one script of the sign-in pages: it carries a passkey between the server and the browser's own dialogue (Web Authentication
 * Level 3, which turns JSON into what the dialogue takes and back). Without it, passwords still work.
 */
export const passkeyScript = `'use strict'
const at = '/sign-in/at/passkey/'
const ask = async (path, body) => {
  const sent = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(at + path, { credentials: 'same-origin', ...sent })
  if (!response.ok) throw new Error(response.status === 403 ? 'session-old' : 'refused')
  return response.json()
}
const flows = {
  'passkey-sign-in': async () => {
    const options = await ask('generate-authenticate-options')
    options.userVerification = 'required'
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
    const credential = await navigator.credentials.get({ publicKey })
    await ask('verify-authentication', { response: credential.toJSON() })
    return '/account'
  },
  'passkey-add': async () => {
    const options = await ask('generate-register-options')
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
    const credential = await navigator.credentials.create({ publicKey })
    await ask('verify-registration', { response: credential.toJSON(), name: navigator.platform || 'Passkey' })
    return '/sign-in?done=passkey'
  },
}
for (const [id, flow] of Object.entries(flows)) {
  const button = document.getElementById(id)
  if (button === null) continue
  button.hidden = !('credentials' in navigator) || !('PublicKeyCredential' in self)
  button.addEventListener('click', async () => {
    button.disabled = true
    try {
      location.assign(await flow())
    } catch (error) {
      button.disabled = false
      const fault = error.message === 'session-old' ? 'session-old' : error.name === 'NotAllowedError' ? null : 'refused'
      const told = document.getElementById('passkey-fault')
      told.textContent = fault === null ? '' : told.dataset[fault === 'refused' ? 'refused' : 'old']
    }
  })
}
`
