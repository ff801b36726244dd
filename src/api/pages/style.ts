/** The look of the pages about the API: the colours of the report, light and dark, from phone to wide screen. */
export const apiStyle = `:root {
  color-scheme: light dark; --page: #f4f5f3; --card: #ffffff; --ink: #1c2126; --soft: #4f5962; --rule: #c9ced1; --link: #0b4f8a;
  --get: #1d5c94; --post: #245c2a; --other: #75307a; --on: #ffffff; --fault: #9b1c1c;
}
@media (prefers-color-scheme: dark) { :root {
  --page: #14181b; --card: #1d2226; --ink: #e6e9eb; --soft: #aeb7bd; --rule: #424a50; --link: #8cc3f5;
  --get: #86bff2; --post: #8fd19a; --other: #dba3e0; --on: #14181b; --fault: #f4938a;
} }
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif }
header { display: flex; flex-wrap: wrap; gap: .25rem 2rem; align-items: baseline }
header, main { max-width: 62rem; margin: 0 auto; padding: .75rem 1rem }
main { padding-bottom: 4rem }
.name { font-weight: 700; font-size: 1.25rem; margin: 0 }
.name a { color: inherit; text-decoration: none }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 1rem 0 .5rem }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem }
h3 { font-size: 1rem; margin: 1rem 0 .25rem }
p { margin: 0 0 .75rem; max-width: 46rem }
a { color: var(--link); text-underline-offset: .15em }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.skip { position: absolute; left: -999rem; background: var(--card); padding: .5rem 1rem }
.skip:focus { left: 0 }
.soft { color: var(--soft) }
code, pre, textarea { font: .875rem/1.5 ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace }
pre { background: var(--card); border: 1px solid var(--rule); border-radius: .375rem; padding: .75rem; overflow-x: auto; margin: 0 0 .75rem }
.told { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 26rem; overflow-y: auto }
details { background: var(--card); border: 1px solid var(--rule); border-radius: .375rem; margin: 0 0 .5rem }
summary { cursor: pointer; padding: .6rem .75rem; display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; min-height: 2.75rem }
details > div { padding: 0 .75rem .75rem; border-top: 1px solid var(--rule) }
.method { font-weight: 700; font-size: .8125rem; min-width: 3.75rem; color: var(--other) }
.method.get { color: var(--get) }
.method.post { color: var(--post) }
table { border-collapse: collapse; width: 100%; margin: 0 0 .75rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--rule); font-size: .9375rem; overflow-wrap: anywhere }
label { display: block; font-weight: 600; margin: .5rem 0 .25rem }
input, textarea { width: 100%; padding: .5rem; color: inherit; background: var(--page); border: 1px solid var(--soft); border-radius: .25rem }
textarea { min-height: 9rem; resize: vertical }
.key { max-width: 46rem }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1.25rem; margin: .75rem 0; cursor: pointer; color: var(--on); background: var(--link); border: 0; border-radius: .25rem }
.status { font-weight: 600 }
.status.bad { color: var(--fault) }
section:target h2 { text-decoration: underline }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth } }
`
