import { describe, expect, it } from 'vitest'
import { pictureSource } from './QrPicture'

describe('a drawing as a picture', () => {
  it('names its kind when it was drawn to stand inside a page', () => {
    const source = decodeURIComponent(pictureSource('<svg width="8"><path/></svg>'))

    expect(source).toBe('data:image/svg+xml;charset=utf-8,<svg xmlns="http://www.w3.org/2000/svg" width="8"><path/></svg>')
  })

  it('leaves a whole drawing as it is', () => {
    const whole = '<svg xmlns="http://www.w3.org/2000/svg"/>'

    expect(decodeURIComponent(pictureSource(whole))).toContain(`,${whole}`)
  })
})
