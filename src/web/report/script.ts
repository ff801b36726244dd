/**
 * The one script of the report: it shows the filter and hides what does not fit it. The page is whole without it.
 * It reads only what the page says already, and builds no HTML.
 */
export const script = `
const form = document.querySelector('#filter')
const shown = document.querySelector('#shown')
const parcels = [...document.querySelectorAll('[data-parcel]')].map((node) => ({ node, text: null }))
const sections = [...document.querySelectorAll('[data-section]')]
const apply = () => {
  const words = form.elements.words.value.toLowerCase().split(' ').filter(Boolean)
  const wanted = new Set([...form.querySelectorAll('[name=proposal]:checked')].map((box) => box.value))
  let count = 0
  for (const parcel of parcels) {
    if (words.length > 0) parcel.text ??= parcel.node.textContent.toLowerCase()
    const fits = wanted.has(parcel.node.dataset.parcel) && words.every((word) => parcel.text.includes(word))
    parcel.node.hidden = !fits
    if (fits) count += 1
  }
  for (const section of sections) section.hidden = !wanted.has(section.dataset.section)
  shown.textContent = shown.dataset.sentence.replace('{count}', count)
}
form.addEventListener('input', apply)
form.addEventListener('submit', (event) => event.preventDefault())
form.hidden = false
`
