import { downloadBlob } from "@/components/lib/download";

export type PngLegendEntry = { label: string; color: string };

type PngOptions = { title: string; subtitle?: string; legend: readonly PngLegendEntry[]; fileName: string };

const SCALE = 2;
const PADDING = 24;
const styled = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "font-size",
  "font-weight",
  "text-anchor",
] as const;

/**
 * Draws the chart inside `host` with title and legend on a card-coloured sheet, in the colours of the reader's theme, and
 * hands it over as a PNG. Nothing leaves the browser, and nothing is loaded that the page's policy would have to allow.
 */
export async function downloadChartPng(host: HTMLElement, options: PngOptions): Promise<void> {
  const svg = host.querySelector<SVGSVGElement>("svg.recharts-surface");
  if (!svg) throw new Error("No drawn chart to export");
  const { width, height } = svg.getBoundingClientRect();
  const image = await loadSvg(standaloneSvg(svg, width, height));
  const theme = getComputedStyle(host);
  const color = (name: string) => resolveColor(host, theme.getPropertyValue(name));
  const legendTop = PADDING + 48 + height + 12;
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (!context) throw new Error("No canvas to draw on");
  const font = theme.fontFamily;
  context.font = `12px ${font}`;
  const entries = placeLegend(context, options.legend, width);
  canvas.width = (width + 2 * PADDING) * SCALE;
  canvas.height = (legendTop + (entries.at(-1)?.y ?? 0) + 20 + PADDING) * SCALE;
  context.scale(SCALE, SCALE);
  context.fillStyle = color("--card");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = "middle";
  context.fillStyle = color("--foreground");
  context.font = `600 15px ${font}`;
  context.fillText(options.title, PADDING, PADDING + 8);
  context.font = `12px ${font}`;
  context.fillStyle = color("--muted-foreground");
  context.fillText(options.subtitle ?? "", PADDING, PADDING + 28);
  context.drawImage(image, PADDING, PADDING + 48, width, height);
  for (const entry of entries) {
    context.fillStyle = resolveColor(host, entry.color);
    context.fillRect(PADDING + entry.x, legendTop + entry.y, 10, 10);
    context.fillStyle = color("--foreground");
    context.fillText(entry.label, PADDING + entry.x + 16, legendTop + entry.y + 5);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("The canvas gave no image");
  downloadBlob(blob, options.fileName);
}

/** A copy that needs no style sheet: every used style is written onto its element. */
function standaloneSvg(svg: SVGSVGElement, width: number, height: number): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((original, index) => {
    const computed = getComputedStyle(original);
    for (const name of styled) copies[index]?.style.setProperty(name, computed.getPropertyValue(name));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.style.fontFamily = "system-ui, sans-serif";
  return new XMLSerializer().serializeToString(copy);
}

async function loadSvg(markup: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup)}`;
  await image.decode();
  return image;
}

/** Colours may be `var(...)`: the browser resolves them on a probe. */
function resolveColor(host: HTMLElement, color: string): string {
  const probe = document.createElement("span");
  probe.style.color = color;
  host.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

function placeLegend(context: CanvasRenderingContext2D, legend: readonly PngLegendEntry[], width: number) {
  let x = 0;
  let y = 0;
  return legend.map((entry) => {
    const needed = context.measureText(entry.label).width + 36;
    if (x > 0 && x + needed > width) {
      x = 0;
      y += 20;
    }
    const placed = { ...entry, x, y };
    x += needed;
    return placed;
  });
}
