/** Shows how to use the order service on the page. */
export function extend(page) {
  const base = new URL(`${page.context}/`, location.href).href;
  page.byId('answer').before(page.element('section', '', page.element('h2', '', 'The order service'),
    page.element('p', '', 'Place an order, and read the latest:'),
    page.element('code', 'curl', `curl -i ${base}orders -H 'Content-Type: application/json' \\\n  -d '{"customer": "Ada", "item": "tea", "quantity": 2}'\ncurl ${base}orders`)));
}
