using System.Text;

namespace TaxiCredit.Hardware.Generate.Comparison;

/// <summary>For files that this program formats by itself: every byte counts.</summary>
internal static class ExactText
{
    public static string? Difference(byte[] committed, byte[] generated)
    {
        if (committed.AsSpan().SequenceEqual(generated))
            return null;
        string[] old = Encoding.UTF8.GetString(committed).Split('\n');
        string[] now = Encoding.UTF8.GetString(generated).Split('\n');
        int line = 0;
        while (line < Math.Min(old.Length, now.Length) && old[line] == now[line])
            line++;
        return $"line {line + 1} is '{At(old, line)}', generated '{At(now, line)}'";
    }

    private static string At(string[] lines, int index)
    {
        string line = index < lines.Length ? lines[index].Trim() : "(end of file)";
        return line.Length <= 120 ? line : $"{line[..120]}…";
    }
}
