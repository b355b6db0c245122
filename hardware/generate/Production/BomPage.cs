using System.Globalization;
using System.Net;
using System.Text;
using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Generate.Production;

/// <summary>The bill of materials as one page without a server: a click on a row shows where its parts lie, a click on a part which row it is.</summary>
internal static class BomPage
{
    /// <summary>From the repository's root.</summary>
    public const string Path = "hardware/bom.html";
    private const string Head = """
        <!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>TaxiCredit cab display, board TC-CAB-PCB-1 B</title>
        <style>body{font:14px sans-serif;margin:1em}svg{width:100%;max-width:1100px;display:block;background:#152;margin-bottom:6px}
        rect{fill:#9a9;stroke:#032;stroke-width:.1}rect.on{fill:#fb2}table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:2px 6px;text-align:left}
        tr{cursor:pointer}tr.on{background:#fd8}</style>
        <p>Click a row or a part. Above the street's side, below the cabin's. Prices: estimates, see bom.csv.</p>

        """;

    private const string Script = """
        <script>
        function show(row){document.querySelectorAll('[data-row]').forEach(function(e){e.classList.toggle('on',e.dataset.row===row)})}
        document.querySelectorAll('[data-row]').forEach(function(e){e.addEventListener('click',function(){show(e.dataset.row);
        if(e.tagName==='rect')document.querySelector('tr[data-row="'+e.dataset.row+'"]').scrollIntoView({block:'center'})})})
        </script></html>

        """;

    public static string Write(IReadOnlyList<TableRow> bom, IReadOnlyDictionary<string, (Place Place, Courtyard Courtyard)> parts)
    {
        var text = new StringBuilder(Head);
        var rows = bom.SelectMany((row, i) => row["refs"].Split(' ').Select(reference => (reference, i))).ToDictionary(pair => pair.reference, pair => pair.i);
        foreach (bool back in new[] { false, true })
        {
            string turn = back ? FormattableString.Invariant($" transform=\"translate({Outline.Width} 0) scale(-1 1)\"") : "";
            text.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Outline.Width} {Outline.Height}\"><g{turn}>\n");
            foreach (var (reference, (place, courtyard)) in parts.Where(part => part.Value.Place.Back == back && rows.ContainsKey(part.Key)))
            {
                var corners = new[] { (courtyard.Box.Left, courtyard.Box.Top), (courtyard.Box.Right, courtyard.Box.Bottom) }
                    .Select(corner => place.OnBoard(corner.Item1, corner.Item2)).ToList();
                var (left, top) = (corners.Min(corner => corner.X), corners.Min(corner => corner.Y));
                var (width, height) = (corners.Max(corner => corner.X) - left, corners.Max(corner => corner.Y) - top);
                text.Append(CultureInfo.InvariantCulture,
                    $"<rect data-row=\"{rows[reference]}\" x=\"{left:0.##}\" y=\"{top:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\">");
                text.Append(CultureInfo.InvariantCulture, $"<title>{reference}</title></rect>\n");
            }

            text.Append("</g></svg>\n");
        }

        text.Append("<table><tr><th>parts<th>pieces<th>value<th>manufacturer<th>order code<th>description<th>alternates</tr>\n");
        for (int i = 0; i < bom.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<tr data-row=\"{i}\">");
            foreach (string column in new[] { "refs", "qty", "value", "manufacturer", "mpn", "description", "alternates" })
                text.Append("<td>").Append(WebUtility.HtmlEncode(bom[i][column]));
            text.Append("</tr>\n");
        }

        return text.Append("</table>\n").Append(Script).ToString();
    }
}
