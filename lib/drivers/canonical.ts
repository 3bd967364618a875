// One text for one value: plain JSON with the keys of every object in order, so that two states that
// were made along different ways and hold the same are found to be the same.
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) {
    let text = '['
    for (let i = 0; i < value.length; i++) text += (i === 0 ? '' : ',') + canonical(value[i])
    return `${text}]`
  }
  const object = value as Readonly<Record<string, unknown>>
  let text = '{'
  for (const key of Object.keys(object).sort()) {
    if (object[key] === undefined) continue
    text += `${text === '{' ? '' : ','}${JSON.stringify(key)}:${canonical(object[key])}`
  }
  return `${text}}`
}
