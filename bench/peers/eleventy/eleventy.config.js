import { feedPlugin } from "@11ty/eleventy-plugin-rss";

export default function (config) {
  config.addPlugin(feedPlugin, {
    outputPath: "/feed.xml",
    collection: { name: "artikel", limit: 30 },
    metadata: { language: "da", title: "Bench", base: "https://bench.example/", author: { name: "Redaktionen" } },
  });
  config.addCollection("byTag", (api) => {
    const tags = new Map();
    for (const page of api.getFilteredByTag("artikel")) {
      for (const tag of page.data.tags ?? []) tags.set(tag, [...(tags.get(tag) ?? []), page]);
    }
    return [...tags].map(([tag, pages]) => ({ tag, pages: pages.reverse() }));
  });
  return { dir: { input: "content", includes: "../_includes" }, markdownTemplateEngine: false };
}
