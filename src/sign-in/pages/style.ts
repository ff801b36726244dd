/** The look of the sign-in pages: readable, large enough to hit, in the colours that the reader's system asks for. */
export const signInStyle = `:root { color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif }
body { margin: 0; padding: 1rem }
main { max-width: 30rem; margin: 0 auto }
label, .advice { display: block }
.advice { font-size: .9375rem }
input { box-sizing: border-box; width: 100%; padding: .6rem; font: inherit; border: 1px solid GrayText; border-radius: .25rem }
button { padding: .6rem 1.2rem; font: inherit; min-height: 2.75rem; cursor: pointer }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
.fault { padding: .75rem; border: 2px solid; border-left-width: .75rem }
code { font-size: 1rem; overflow-wrap: anywhere }
hr { margin: 2rem 0; border: 0; border-top: 1px solid GrayText }
`
