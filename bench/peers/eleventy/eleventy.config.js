import rssPlugin from "@11ty/eleventy-plugin-rss";

const PER_PAGE = 24;
const newest = (api) => api.getFilteredByTag("artikel").reverse();

/** Every list of articles, by its address: tags, categories, authors, years. */
function lists(api, slugify) {
  const found = new Map();
  const add = (kind, name, post) => {
    const path = `/${kind}/${slugify(String(name))}/`;
    if (!found.has(path)) found.set(path, { path, title: name, posts: [], goesOn: kind !== "arkiv" });
    found.get(path).posts.push(post);
  };
  for (const post of newest(api)) {
    for (const tag of post.data.tags ?? []) if (tag !== "artikel") add("emne", tag, post);
    for (const name of post.data.categories ?? []) add("kategori", name, post);
    for (const name of post.data.authors ?? []) add("forfatter", name, post);
    add("arkiv", post.date.getFullYear(), post);
  }
  return [...found.values()];
}

export default function (config) {
  config.addPlugin(rssPlugin);
  const slugify = config.getFilter("slugify");
  config.addCollection("listPages", (api) =>
    lists(api, slugify).flatMap(({ path, title, posts }) =>
      Array.from({ length: Math.ceil(posts.length / PER_PAGE) }, (_, page) => ({
        path: page ? `${path}side/${page + 1}/` : path,
        title,
        posts: posts.slice(page * PER_PAGE, (page + 1) * PER_PAGE),
        older: (page + 1) * PER_PAGE < posts.length ? `${path}side/${page + 2}/` : "",
      })),
    ),
  );
  config.addCollection("feeds", (api) => [
    { path: "/", title: "Bench", posts: newest(api).slice(0, 30) },
    ...lists(api, slugify)
      .filter((list) => list.goesOn)
      .map((list) => ({ ...list, posts: list.posts.slice(0, 15) })),
  ]);
  return { dir: { input: "content", includes: "../_includes" }, markdownTemplateEngine: false };
}
