/** Ctrl-C ends the work after the blocks under way; what was done stays readable. A second one ends at once. */
export function stopper(): { stopped: () => boolean; end: () => void } {
  let stopped = false
  const onSignal = (): void => {
    if (stopped) process.exit(130)
    stopped = true
    // Nothing more is read: a standard input that nobody writes to would be waited for.
    process.stdin.destroy()
  }
  process.on('SIGINT', onSignal)
  return { stopped: () => stopped, end: () => process.off('SIGINT', onSignal) }
}
