import { staffMeasuresText } from '../../text/staffMeasures'

/** The way to what a person is asked; fetched when somebody wants to read it, for each look is written down. */
export function MeasuresLink({ citizenId }: { citizenId: string }) {
  const words = staffMeasuresText()
  return (
    <section aria-labelledby="measures-heading">
      <div class="section-top">
        <h2 id="measures-heading">{words.title}</h2>
        <a class="button button-secondary" href={`/staff/people/${citizenId}/measures`}>
          {words.open}
        </a>
      </div>
    </section>
  )
}
