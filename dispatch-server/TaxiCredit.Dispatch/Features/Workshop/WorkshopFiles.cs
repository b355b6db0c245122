using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Features.Workshop;

/// <summary>A unit as it was made.</summary>
internal sealed record MadeUnit(WantedUnit Wanted, string Plate, UnitConfig Config);

/// <summary>
/// What a workshop takes to its bench: a folder for each unit with <c>config.json</c> and what <c>nanoff</c> is to copy, the lines to run, labels to print, and
/// what is missing when all that is done.
/// </summary>
/// <param name="Units">How many.</param>
/// <param name="Zip">Holds root keys.</param>
internal sealed record WorkshopFiles(int Units, byte[] Zip, StillMissing Missing)
{
    public static WorkshopFiles Of(
        IReadOnlyList<MadeUnit> units, StillMissing missing, string address, string city, PdfFonts fonts, DateTimeOffset madeAt)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var unit in units)
            {
                Add(zip, $"units/{unit.Config.Id}/config.json", unit.Config.ToJson(), madeAt);
                Add(zip, $"units/{unit.Config.Id}/deploy.json", Deploy, madeAt);
            }

            Add(zip, "flash.txt", Lines(units), madeAt);
            Add(zip, "missing.txt", missing.Print(), madeAt);
            Add(zip, "labels.pdf", LabelSheet.Print(units.Select(unit => (unit.Config.Id, unit.Wanted.Cab, unit.Plate)), address, city, fonts, madeAt), madeAt);
        }

        return new(units.Count, bytes.ToArray(), missing);
    }

    /// <summary>For <c>nanoff --filedeployment</c>, run in the unit's folder; see firmware/README.md.</summary>
    private static string Deploy { get; } = JsonSerializer.Serialize(new
    {
        files = new[] { new { SourceFilePath = "config.json", DestinationFilePath = @"I:\config.json" } },
    });

    private static string Lines(IEnumerable<MadeUnit> units)
    {
        var lines = new StringBuilder("# A unit at a time, in the folder of this file; firmware/README.md says how runtime and program get there.\n");
        foreach (var unit in units)
        {
            lines.Append(CultureInfo.InvariantCulture, $"\n# {unit.Config.Id}: cab {unit.Wanted.Cab}, {unit.Plate}\n")
                .Append(CultureInfo.InvariantCulture, $"(cd units/{unit.Config.Id} && nanoff --serialport /dev/ttyUSB0 --filedeployment deploy.json)\n");
        }

        return lines.ToString();
    }

    private static void Add(ZipArchive zip, string name, string text, DateTimeOffset madeAt) => Add(zip, name, Encoding.UTF8.GetBytes(text), madeAt);

    private static void Add(ZipArchive zip, string name, byte[] content, DateTimeOffset madeAt)
    {
        var entry = zip.CreateEntry(name);
        // A ZIP knows years from 1980 on.
        entry.LastWriteTime = madeAt;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
