'use client'
// J and K go from row to row of whatever list or table is in sight, in the order of the page.

/** Marks an element as a row that J and K reach; Enter or a click opens it. */
export const rowProps = { 'data-row': '' } as const

export function moveRow(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')].filter(
    (row) => row.offsetParent !== null,
  )
  const here = document.activeElement?.closest<HTMLElement>('[data-row]')
  const current = rows.find((row) => row.getAttribute('aria-current') === 'true')
  const next = here ? rows[rows.indexOf(here) + by] : (current ?? rows[0])
  if (next === undefined) return
  next.focus({ preventScroll: true })
  reveal(next)
}

/** Scrolls the nearest scrolling box only: a page that holds us in a frame must not move. */
export function reveal(row: HTMLElement): void {
  const box = scrollingBox(row)
  if (box === null) return
  const frame = box.getBoundingClientRect()
  const place = row.getBoundingClientRect()
  const head = 40
  if (place.top < frame.top + head) box.scrollTop -= frame.top + head - place.top
  else if (place.bottom > frame.bottom) box.scrollTop += place.bottom - frame.bottom + 8
}

function scrollingBox(row: HTMLElement): HTMLElement | null {
  for (let box = row.parentElement; box !== null; box = box.parentElement)
    if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box
  return null
}
