/** Something is on its way. Drawn by style sheet, so that the first page carries no animation library. */
export function Wait() {
  return (
    <div className="phone-wait" role="status">
      <Spinner />
    </div>
  )
}

export function Spinner() {
  return <span className="phone-spinner" />
}
