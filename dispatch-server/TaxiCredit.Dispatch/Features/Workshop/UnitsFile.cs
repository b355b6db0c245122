using System.Text;
using TaxiCredit.Dispatch.Features.Exchange.Csv;

namespace TaxiCredit.Dispatch.Features.Workshop;

/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Id">Display id.</param>
/// <param name="Cab">Code of the cab.</param>
/// <param name="Ssid">WiFi network of the cab, up to 32 bytes; null for none.</param>
/// <param name="Passphrase">8 to 64 bytes; null for an open network. It goes into the unit's file and is not stored.</param>
internal sealed record WantedUnit(long Line, string Id, string Cab, string? Ssid, string? Passphrase);

/// <summary>Which units go into which cabs, a line each. Every fault is named; with one of them nothing is done.</summary>
internal static class UnitsFile
{
    public const string Name = "units.csv";

    /// <summary>Lines: more than the cabs of a city.</summary>
    public const int MaxUnits = 5_000;

    /// <summary>Bytes: as many lines at their longest would be fewer.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>Bytes of a request: a file that is too long is still read as far as that is seen, and a form has more than the file.</summary>
    public const int LargestRequest = 2 * MaxBytes;

    private static readonly string[] Columns = ["unit", "cab"];
    private static readonly string[] Optional = ["ssid", "psk"];

    public static List<WantedUnit> Read(byte[] content, string city, Faults faults)
    {
        var wanted = new List<WantedUnit>();
        var (units, cabs) = (new Dictionary<string, long>(), new Dictionary<string, long>());
        using var file = CsvFile.Open(new MemoryStream(content), Name, Columns, Optional, faults);
        while (file?.Next() == true)
        {
            var unit = new WantedUnit(
                file.Line, UnitOf(file, city), file.Code("cab"), file.Optional("ssid", 32), file.Text("psk") is { Length: > 0 } typed ? typed : null);
            if (unit.Id.Length > 0 && !units.TryAdd(unit.Id, unit.Line))
                file.Fault("unit", $"each unit once; this one stands in line {units[unit.Id]} already");
            if (unit.Cab.Length > 0 && !cabs.TryAdd(unit.Cab, unit.Line))
                file.Fault("cab", $"each cab once; this one stands in line {cabs[unit.Cab]} already");
            CheckNetwork(file, unit);
            wanted.Add(unit);
            if (wanted.Count == MaxUnits + 1)
                file.Fault("unit", $"at most {MaxUnits} units in one file");
            if (wanted.Count > MaxUnits)
                break;
        }

        if (file?.Records == 0 && !faults.Any)
            faults.Add(new(Name, 1, "", "", "at least one unit after the header"));
        return wanted;
    }

    private static string UnitOf(CsvFile file, string city)
    {
        if (!UnitLabel.TryRead(file.Text("unit"), city, out var id, out var foreign))
        {
            file.Fault("unit", foreign is null
                ? "4 to 32 characters of a-z, 0-9 and '-', or the text of a unit's label"
                : $"a unit of the city '{city}'; this label is of '{foreign}'");
        }

        return id;
    }

    private static void CheckNetwork(CsvFile file, WantedUnit unit)
    {
        if (unit.Ssid is { } ssid && Encoding.UTF8.GetByteCount(ssid) > 32)
            file.Fault("ssid", "up to 32 bytes");
        if (unit is { Passphrase: not null, Ssid: null })
            file.Fault("psk", "a network, ssid, that it belongs to");
        if (unit.Passphrase is { } passphrase && Encoding.UTF8.GetByteCount(passphrase) is < 8 or > 64)
            file.Fault("psk", "8 to 64 bytes");
    }
}
