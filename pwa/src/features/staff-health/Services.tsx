import type { SendingService } from '../../api/staffSending'
import { sendingText } from '../../text/sending'

const COUNTS = ['due', 'late', 'accepted', 'confirmed', 'unconfirmed', 'failed'] as const

/** The last 24 hours of each push service, as a table. */
export function Services({ services }: { services: SendingService[] }) {
  const { health } = sendingText()
  return (
    <section>
      <h2>{health.servicesTitle}</h2>
      <p class="quiet">{health.servicesHint}</p>
      {services.length === 0 ? (
        <p>{health.none}</p>
      ) : (
        <div class="rates-table" role="region" aria-label={health.caption} tabIndex={0}>
          <table>
            <caption class="visually-hidden">{health.caption}</caption>
            <thead>
              <tr>
                <th scope="col">{health.service}</th>
                {COUNTS.map((name) => (
                  <th key={name} scope="col">
                    {health[name]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {services.map((one) => (
                <tr key={one.service}>
                  <th scope="row">{one.service}</th>
                  {COUNTS.map((name) => (
                    <td key={name}>{one[name]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
