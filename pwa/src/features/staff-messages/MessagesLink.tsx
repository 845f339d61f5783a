import { staffMessagesText } from '../../text/staffMessages'

/** The way to a person's messages. They are not fetched before somebody wants to read them. */
export function MessagesLink({ citizenId }: { citizenId: string }) {
  const words = staffMessagesText()
  return (
    <section aria-labelledby="messages-heading">
      <div class="section-top">
        <h2 id="messages-heading">{words.title}</h2>
        <a class="button button-secondary" href={`/staff/people/${citizenId}/messages`}>
          {words.open}
        </a>
      </div>
      <p class="quiet">{words.openNote}</p>
    </section>
  )
}
