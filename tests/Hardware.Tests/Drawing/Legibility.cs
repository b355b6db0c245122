using TaxiCredit.Hardware.Generate.Drawing;

namespace TaxiCredit.Hardware.Tests.Drawing;

/// <summary>Finds texts that overlap another text, a part, a wire or the title block, or leave the frame.</summary>
internal static class Legibility
{
    // A4 landscape with KiCad's default frame.
    private static readonly TextBox Frame = new("frame", 12, 12, 285, 198);
    private static readonly TextBox TitleBlock = new("title block", 177, 166, 285, 198);

    public static IEnumerable<string> Collisions(Sheet sheet)
    {
        var texts = TextBox.OnSheet(sheet).ToList();
        var obstacles = TextBox.Bodies(sheet).Concat(TextBox.Lines(sheet)).Append(TitleBlock).ToList();
        for (int i = 0; i < texts.Count; i++)
        {
            var text = texts[i];
            if (text.Left < Frame.Left || text.Right > Frame.Right || text.Top < Frame.Top || text.Bottom > Frame.Bottom)
                yield return $"{sheet.File}: '{text.Text}' leaves the frame";
            foreach (var other in texts.Skip(i + 1).Concat(obstacles).Where(text.Overlaps))
                yield return $"{sheet.File}: '{text.Text}' lies on '{other.Text}'";
        }
    }
}
