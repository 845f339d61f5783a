const NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'

/** The address of a drawing that came as text; alone in a picture it must name its kind. */
export function pictureSource(svg: string): string {
  const whole = svg.includes('xmlns=') ? svg : svg.replace('<svg', `<svg ${NAMESPACE}`)
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(whole)}`
}

/** A QR code that the server drew, on white so that it scans in the dark look too. */
export function QrPicture({ svg, alt }: { svg: string; alt: string }) {
  return <img class="qr" src={pictureSource(svg)} alt={alt} width={208} height={208} />
}
