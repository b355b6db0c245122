using TaxiCredit.Scoring.Rulebooks;

namespace Scoring.Tests.Rulebooks;

/// <summary>The rulebooks that the server ships, as they lie beside the test.</summary>
internal static class Shipped
{
    public static string[] Files { get; } =
        [.. Directory.GetFiles(Folder, "*.json").Where(file => !file.EndsWith("schema.json", StringComparison.Ordinal)).Order()];

    public static Rulebook Rongcheng { get; } = Read("rongcheng-taxi.2016-01-01.json");

    public static Rulebook National { get; } = Read("cn-national.2022-01-01.json");

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Shipped");

    public static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private static Rulebook Read(string file)
    {
        var reading = RulebookReader.Read(Text(file));
        return reading.IsValid ? reading.Rulebook : throw new InvalidDataException(string.Join('\n', reading.Faults));
    }
}
