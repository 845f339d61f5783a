import { staffCareText } from '../../text/staffCare'

/** The way to what was agreed with a person. It is not fetched before somebody wants to read it. */
export function CareLink({ citizenId }: { citizenId: string }) {
  const words = staffCareText()
  return (
    <section aria-labelledby="care-heading">
      <div class="section-top">
        <h2 id="care-heading">{words.title}</h2>
        <a class="button button-secondary" href={`/staff/people/${citizenId}/care-plan`}>
          {words.link}
        </a>
      </div>
    </section>
  )
}
