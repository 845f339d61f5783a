import { deskText } from '../../text/desk'
import { helpNumbers } from './words'

/** The numbers that the desk passes on; they stand here also when there is no server. */
export function Numbers() {
  const words = deskText().numbers
  return (
    <section class="desk-numbers" aria-labelledby="desk-numbers">
      <h2 id="desk-numbers">{words.title}</h2>
      <ul role="list">
        {helpNumbers().map((number) => (
          <li key={number.tel + number.name}>
            <a href={`tel:${number.tel}`}>{words.call(number.name, number.display)}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
