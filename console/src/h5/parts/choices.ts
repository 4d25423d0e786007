/** Choices under one heading. */
export interface ChoiceGroup<T> {
  title: string
  choices: { value: T; title: string; hint?: string }[]
}

/** The choices whose heading and title together hold every word typed. */
export function choicesFound<T>(groups: readonly ChoiceGroup<T>[], term: string): ChoiceGroup<T>[] {
  const words = term.toLowerCase().split(/\s+/).filter(Boolean)
  return groups.flatMap(({ title, choices }) => {
    const found = choices.filter((choice) => words.every((word) => `${title} ${choice.title}`.toLowerCase().includes(word)))
    return found.length ? [{ title, choices: found }] : []
  })
}
