using TaxiCredit.Dispatch.Features.Exchange;

namespace Dispatch.Tests.Exchange;

/// <summary>The four files of a city, in a folder.</summary>
internal sealed record CityFiles(string Folder, string Ending = "")
{
    public string Roster => Of("roster");

    public string Cases => Of("cases");

    public string Objections => Of("objections");

    public string Repairs => Of("repairs");

    public ExportCity Export => new(Roster, Cases, Objections, Repairs, "system:root");

    public ImportCity Import => new(Roster, Cases, Objections, Repairs);

    /// <summary>All that they say.</summary>
    public string Read() => string.Join('\n', new[] { Roster, Cases, Objections, Repairs }.Select(File.ReadAllText));

    private string Of(string what) => Path.Combine(Folder, what + Ending + ".csv");
}
