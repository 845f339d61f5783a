import { staffText } from '../../text/staff'

/** The way to the plan. It is not fetched before somebody wants to read it, for the person is told of each look. */
export function PlanLink({ citizenId }: { citizenId: string }) {
  const text = staffText().plan
  return (
    <section aria-labelledby="plan-heading">
      <div class="section-top">
        <h2 id="plan-heading">{text.title}</h2>
        <a class="button button-secondary" href={`/staff/people/${citizenId}/plan`}>
          {text.open}
        </a>
      </div>
      <p class="quiet">{text.openNote}</p>
    </section>
  )
}
