/** The names that a pattern declares: `{ a, b: [c], ...d }` declares a, c and d. */
import type { BindingPattern, ParamPattern } from 'oxc-parser'

/** All names bound by a variable, parameter or catch pattern. */
export function bindingNames(pattern: BindingPattern | ParamPattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'AssignmentPattern':
      return bindingNames(pattern.left)
    case 'RestElement':
      return bindingNames(pattern.argument)
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? bindingNames(element) : []))
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        bindingNames(property.type === 'RestElement' ? property.argument : property.value),
      )
    case 'TSParameterProperty':
      return bindingNames(pattern.parameter)
  }
}
