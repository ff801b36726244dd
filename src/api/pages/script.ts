/** Sends what the forms of the API page hold to this service, and shows what comes back. The key stays in the page. */
export const apiScript = `'use strict'
for (const form of document.querySelectorAll('form[data-method]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const told = form.querySelector('.told')
    const status = form.querySelector('.status')
    const button = form.querySelector('button')
    const given = new FormData(form)
    const query = new URLSearchParams()
    let path = form.dataset.path
    for (const [name, value] of given) {
      if (name.startsWith('path.')) path = path.replace('{' + name.slice(5) + '}', encodeURIComponent(value))
      if (name.startsWith('query.') && value !== '') query.set(name.slice(6), value)
    }
    const headers = {}
    const key = document.querySelector('#key').value.trim()
    if (key !== '') headers.authorization = 'Bearer ' + key
    const init = { method: form.dataset.method, headers }
    if (given.has('body')) {
      headers['content-type'] = 'application/json'
      init.body = given.get('body')
    }
    status.textContent = 'Sending …'
    status.className = 'status'
    told.hidden = true
    button.disabled = true
    const began = performance.now()
    try {
      const response = await fetch(path + (query.size > 0 ? '?' + query : ''), init)
      const text = await response.text()
      status.textContent = response.status + ' ' + response.statusText + ', ' + Math.round(performance.now() - began) + ' ms'
      status.className = response.ok ? 'status' : 'status bad'
      told.textContent = pretty(text)
      told.hidden = text === ''
    } catch (error) {
      status.textContent = 'The service did not answer: ' + error.message
      status.className = 'status bad'
    } finally {
      button.disabled = false
    }
  })
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
`
