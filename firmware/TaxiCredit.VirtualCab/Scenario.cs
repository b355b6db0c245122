using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace TaxiCredit.VirtualCab;

/// <summary>
/// Events injected over time: a line each, <c>SECONDS ID WORD</c>, in any order; <c>*</c> is every cab; <c>#</c> begins a
/// comment. Seconds count from the start of the program.
/// </summary>
internal sealed class Scenario
{
    private readonly List<(double Seconds, string Id, string Word)> _lines;
    private int _next;

    private Scenario(List<(double Seconds, string Id, string Word)> lines)
    {
        _lines = lines;
    }

    public static Scenario None => new([]);

    /// <summary>When the next line is due, s; infinity when there is none.</summary>
    public double Due => _next < _lines.Count ? _lines[_next].Seconds : double.PositiveInfinity;

    /// <exception cref="FormatException">Names the line that is wrong.</exception>
    public static Scenario Read(string path)
    {
        var lines = new List<(double Seconds, string Id, string Word)>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] parts = line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length == 0) continue;
            if (parts.Length != 3 || !double.TryParse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds))
            {
                throw new FormatException($"{path}, line {number}: must be SECONDS ID WORD");
            }

            if (!Injection.IsWord(parts[2])) throw new FormatException($"{path}, line {number}: \"{parts[2]}\" is not one of:\n{Injection.Words}");
            lines.Add((seconds, parts[1], parts[2]));
        }

        return new Scenario([.. lines.OrderBy(line => line.Seconds)]);
    }

    /// <summary>Injects what is due.</summary>
    public void Advance(double seconds, IEnumerable<Cab> cabs)
    {
        for (; Due <= seconds; _next++)
        {
            (_, string id, string word) = _lines[_next];
            foreach (Cab cab in cabs.Where(cab => id == "*" || id == cab.Id)) Injection.Apply(cab, word);
        }
    }
}
