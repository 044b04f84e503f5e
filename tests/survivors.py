"""Drawings as drawing programs write them, small ones: with gradients, arrowheads, styles and notes of their own."""

# ruff: noqa: E101, E501  as they write them

from __future__ import annotations

import base64
import io

import PIL.Image


def _photo() -> str:
    """A small picture, as programs put photos into drawings."""
    written = io.BytesIO()
    PIL.Image.linear_gradient("L").resize((24, 16)).convert("RGB").save(written, "PNG")
    return base64.b64encode(written.getvalue()).decode()


INKSCAPE = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="90mm" height="50mm" viewBox="0 0 90 50" version="1.1" id="svg5" inkscape:version="1.2.2"
   sodipodi:docname="box.svg" inkscape:export-filename="C:\\Users\\person\\box.png"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:xlink="http://www.w3.org/1999/xlink"
   xmlns="http://www.w3.org/2000/svg" xmlns:svg="http://www.w3.org/2000/svg"
   xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
   xmlns:cc="http://creativecommons.org/ns#">
  <sodipodi:namedview id="namedview7" pagecolor="#ffffff" inkscape:zoom="2"><inkscape:grid type="xygrid"/></sodipodi:namedview>
  <metadata><rdf:RDF><cc:Work rdf:about=""><dc:creator>Person</dc:creator></cc:Work></rdf:RDF></metadata>
  <defs id="defs2">
    <linearGradient inkscape:collect="always" id="linearGradient1">
      <stop style="stop-color:#d40000;stop-opacity:1" offset="0" id="stop1"/>
      <stop style="stop-color:#ffd42a;stop-opacity:1;" offset="1" id="stop2"/></linearGradient>
    <linearGradient inkscape:collect="always" xlink:href="#linearGradient1" id="g1" x1="5" y1="10" x2="45" y2="10"
       gradientUnits="userSpaceOnUse"/>
    <radialGradient xlink:href="#linearGradient1" id="r&#252;nd" cx="70" cy="15" r="12" gradientUnits="userSpaceOnUse"/>
    <marker style="overflow:visible" id="TriangleStart" refX="0" refY="0" orient="auto-start-reverse"
       inkscape:stockid="TriangleStart" markerWidth="5.3" markerHeight="6.1" viewBox="0 0 5.3 6.1" inkscape:isstock="true">
      <path transform="scale(0.5)" style="fill:context-stroke;fill-rule:evenodd;stroke:context-stroke;stroke-width:1pt"
         d="M 5.77,0 -2.88,5 V -5 Z"/></marker>
    <filter style="color-interpolation-filters:sRGB" inkscape:label="Drop Shadow" id="filter1" x="-0.1" y="-0.1" width="1.3" height="1.3">
      <feFlood result="flood" in="SourceGraphic" flood-opacity="0.5" flood-color="rgb(0,0,0)"/>
      <feGaussianBlur result="blur" in="SourceGraphic" stdDeviation="0.8"/>
      <feOffset result="offset" in="blur" dx="1" dy="1"/>
      <feComposite result="comp1" operator="in" in="flood" in2="offset"/>
      <feComposite result="comp2" operator="over" in="SourceGraphic" in2="comp1"/></filter>
    <clipPath clipPathUnits="userSpaceOnUse" id="clip1"><circle cx="70" cy="38" r="8"/></clipPath>
  </defs>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1">
    <rect style="fill:url(#g1);stroke:#000;stroke-width:0.7;-inkscape-stroke:none" id="rect1" width="40" height="20" x="5" y="5" ry="3"/>
    <circle style="fill:url('#r\u00fcnd') #fff" cx="70" cy="15" r="12" id="c"/>
    <path style="fill:none;stroke:#000080;stroke-width:1;marker-end:url(#TriangleStart);marker-start:url( &quot;#TriangleStart&quot; )"
       d="M 10,35 H 40" id="path1" sodipodi:role="line" sodipodi:nodetypes="cc" inkscape:connector-curvature="0"/>
    <rect style="fill:#2ca089;filter:url(#filter1)" x="10" y="40" width="20" height="6"/>
    <text xml:space="preserve" style="font-size:5px;font-family:sans-serif" x="35" y="46"><tspan x="35" y="46">a   b</tspan></text>
    <rect style="fill:#aa00d4" x="60" y="30" width="20" height="20" clip-path="url(#clip1)"/>
  </g>
  <g inkscape:label="Notes" inkscape:groupmode="layer" style="display:none"><text x="1" y="9">Ask Person before printing</text></g>
</svg>"""

DRAW_IO = """<svg host="65bd71144e" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"
 width="241px" height="121px" viewBox="-0.5 -0.5 241 121" content="&lt;mxfile host=&quot;app&quot;&gt;&lt;/mxfile&gt;"
 style="background-color: rgb(255, 255, 255); color-scheme: light;"><defs>
<linearGradient x1="0%" y1="0%" x2="0%" y2="100%" id="mx-gradient-f5f5f5-1-b3b3b3-1-s-0">
<stop offset="0%" style="stop-color: light-dark(#f5a0a0, #1a1a1a);"/><stop offset="100%" style="stop-color: rgb(179, 179, 179); stop-opacity: 1;"/></linearGradient></defs>
<g><g data-cell-id="0"><g data-cell-id="1"><rect x="0" y="0" width="120" height="60" rx="9" ry="9" fill="url(#mx-gradient-f5f5f5-1-b3b3b3-1-s-0)"
 stroke="#666666" pointer-events="all" style="fill: url(&quot;#mx-gradient-f5f5f5-1-b3b3b3-1-s-0&quot;); stroke: light-dark(#666666, rgb(149, 149, 149));"/>
<path d="M 120 30 L 193.63 30" fill="none" stroke="#000000" stroke-miterlimit="10" pointer-events="stroke" style="stroke: light-dark(rgb(0, 0, 0), rgb(255, 255, 255));"/>
<path d="M 198.88 30 L 191.88 33.5 L 193.63 30 L 191.88 26.5 Z" fill="#000000" stroke="#000000" style="fill: light-dark(rgb(0, 0, 0), rgb(255, 255, 255));"/>
<g transform="translate(20 80)"><ellipse cx="20" cy="20" rx="20" ry="15" fill="none" stroke="rgb(0, 0, 255)" style="filter: drop-shadow(2px 3px 2px rgba(0, 0, 0, 0.25));"/></g>
<g fill="rgb(0, 0, 0)" font-family="&quot;Helvetica&quot;" text-anchor="middle" font-size="12px"><switch>
<foreignObject style="overflow: visible;" pointer-events="none" width="100%" height="100%" requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"><div xmlns="http://www.w3.org/1999/xhtml" style="display: flex;"><script>alert(1)</script>Box</div></foreignObject>
<text x="60" y="34">Box</text></switch></g></g></g></g>
<switch><g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/><a transform="translate(0,-5)" xlink:href="https://www.drawio.com/doc/faq/svg-export-text-problems" target="_blank"><text text-anchor="middle" font-size="10px" x="50%" y="100%">Text is not SVG - cannot display</text></a></switch></svg>"""

POWERPOINT = f"""<svg width="320" height="180" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" overflow="hidden">
<defs><clipPath id="clip0"><rect x="30" y="20" width="320" height="180"/></clipPath>
<linearGradient x1="40" y1="60" x2="140" y2="60" gradientUnits="userSpaceOnUse" spreadMethod="reflect" id="fill1"><stop offset="0" stop-color="#F7FAFD"/><stop offset="0.74" stop-color="#2F6EBA"/></linearGradient>
<image width="24" height="16" xlink:href="data:image/png;base64,{_photo()}" preserveAspectRatio="none" id="img2"></image></defs>
<g clip-path="url(#clip0)" transform="translate(-30 -20)"><rect x="30" y="20" width="320" height="180" fill="#FFFFFF"/>
<path d="M40.5 60.5 140.5 60.5 140.5 110.5 40.5 110.5Z" stroke="#2F528F" stroke-width="1.33333" stroke-miterlimit="8" fill="url(#fill1)" fill-rule="evenodd"/>
<path d="M150 80 200 80 200 82 150 82ZM198 77 206 81 198 85Z" fill="#4472C4"/>
<use width="100%" height="100%" xlink:href="#img2" transform="matrix(3 0 0 3 230 60)"></use>
<text font-family="Arial,Arial_MSFontService,sans-serif" font-weight="400" font-size="19" transform="translate(60 150)">Text</text></g></svg>"""

ILLUSTRATOR = """<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 27.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" x="0px" y="0px"
	 viewBox="0 0 200 100" style="enable-background:new 0 0 200 100;" xml:space="preserve" xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/">
<style type="text/css">
	.st0{fill:#E6E6E6;stroke:#000000;stroke-miterlimit:10;}
	.st1{fill:url(#SVGID_1_);}
	.st2{font-family:'Arial-BoldMT', Arial; } .st3{font-size:24px;}
	.st4{fill:none;stroke:#E30613;stroke-width:3;stroke-linecap:round;stroke-dasharray:0,6;}
</style>
<metadata><?xpacket begin='x' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x="adobe:ns:meta/">Person</x:xmpmeta></metadata>
<i:pgf id="adobe_illustrator_pgf">AAAA</i:pgf>
<rect x="10" y="10" class="st0" width="80" height="40"/>
<linearGradient id="SVGID_1_" gradientUnits="userSpaceOnUse" x1="100" y1="30" x2="190" y2="30">
	<stop  offset="0" style="stop-color:#FFFFFF"/>
	<stop  offset="1" style="stop-color:#009640"/>
</linearGradient>
<polygon class="st1" points="100,10 190,30 100,50 "/>
<text transform="matrix(1 0 0 1 10 80)" class="st2 st3">One space</text>
<line class="st4" x1="110" y1="75" x2="190" y2="75"/>
</svg>"""

STATISTICS = """<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' class='svglite' width='216.00pt' height='144.00pt' viewBox='0 0 216.00 144.00'>
<defs><style type='text/css'><![CDATA[
    .svglite line, .svglite polyline, .svglite polygon, .svglite path, .svglite rect, .svglite circle { fill: none; stroke: #000000; stroke-linecap: round; stroke-linejoin: round; stroke-miterlimit: 10.00; }
    .svglite text { white-space: pre; } .svglite g > circle.hollow { stroke: red }
    .svglite g.glyphgroup path { fill: inherit; stroke: none; }
    @media (prefers-color-scheme: dark) { .svglite text { fill: white; } }
    circle:hover { fill: blue } #last { fill: gold !important; }
  ]]></style></defs>
<rect width='100%' height='100%' style='stroke: none; fill: #FFFFFF;'/>
<defs><clipPath id='cpNS4y'><rect x='20' y='20' width='176' height='104' /></clipPath></defs>
<g clip-path='url(#cpNS4y)'><circle cx='60' cy='80' r='12.5' style='stroke-width: 0.75;' /><circle class='hollow' cx='100' cy='40' r='9' style='stroke-width: 2;' /><circle id='last' cx='160' cy='110' r='30' style='fill: green;' />
<polyline points='20,120 60,80 100,40 180,30 ' style='stroke-width: 1.07; stroke-dasharray: 4,4;' /></g>
<text x='108' y='138' text-anchor='middle' style='font: italic bold 11px/1.2 "Liberation Sans", Arial, sans-serif' textLength='60px' lengthAdjust='spacingAndGlyphs'>weeks</text>
</svg>"""

PATTERNS = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60">
<defs><pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="4" height="8" fill="teal"/></pattern>
<mask id="m"><linearGradient id="mg"><stop stop-color="#fff"/><stop offset="1" stop-color="#000"/></linearGradient><rect width="60" height="60" fill="url(#mg)"/></mask>
<symbol id="s" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="currentColor"/></symbol><path id="t" d="M62 50 Q 90 20 118 50"/></defs>
<rect width="56" height="56" x="2" y="2" fill="url(#p)" mask="url(#m)"/><g color="purple"><use href="#s" x="64" y="2" width="20" height="20"/><use href="#s" x="90" y="2" width="20" height="20" opacity=".4"/></g>
<text font-size="9" font-family="Arial, sans-serif"><textPath href="#t" startOffset="10%">along a path</textPath></text></svg>"""

BLENDED = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><g style="isolation:isolate"><circle cx="22" cy="20" r="16" fill="cyan"/>
<circle cx="38" cy="20" r="16" fill="yellow" style="mix-blend-mode:multiply"/></g></svg>"""

SURVIVORS = {
    "Inkscape": INKSCAPE, "draw.io": DRAW_IO, "PowerPoint": POWERPOINT, "Illustrator": ILLUSTRATOR,
    "statistics": STATISTICS, "patterns": PATTERNS, "blended": BLENDED,
}  # fmt: skip
