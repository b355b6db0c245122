using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>Limits of the parts, from hardware/facts.csv, which the board's own models read too.</summary>
internal static class Facts
{
    private static readonly Dictionary<string, Range> Ranges = Read();

    /// <summary>The limits of a fact; where one is not given it is the typical value.</summary>
    /// <exception cref="KeyNotFoundException">There is no such fact.</exception>
    public static Range Of(string id) => Ranges[id];

    private static Dictionary<string, Range> Read()
    {
        var ranges = new Dictionary<string, Range>(StringComparer.Ordinal);
        using Stream stream = typeof(Facts).Assembly.GetManifestResourceStream("facts.csv") ?? throw new InvalidOperationException("facts.csv is not embedded");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            double? min = Number(cells[3]);
            double? typical = Number(cells[4]);
            double? max = Number(cells[5]);
            double middle = typical ?? (((min ?? max)!.Value + (max ?? min)!.Value) / 2);
            ranges[cells[0]] = new Range(min ?? middle, middle, max ?? middle);
        }

        return ranges;
    }

    private static double? Number(string cell) => cell.Length == 0 ? null : double.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>From the least to the most that the document allows.</summary>
    internal readonly record struct Range(double Min, double Typical, double Max)
    {
        /// <summary>A part of the lot: anywhere within the limits; the typical one without a lot.</summary>
        public double Pick(Random? lot) => lot == null ? Typical : Min + ((Max - Min) * lot.NextDouble());
    }
}
