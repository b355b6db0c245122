using System.CommandLine;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.CommandLine;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Demo;

/// <summary>The commands of the demo's program.</summary>
internal static class DemoCommandLine
{
    private const int AllCabs = 205;

    public static RootCommand Build()
    {
        var installation = new InstallationArguments();
        var cabs = InstallationArguments.Number("--cabs", "virtual cabs", AllCabs, AllCabs);
        var noBrowser = new Option<bool>("--no-browser") { Description = "do not open a browser" };

        var root = new RootCommand("The dispatch server with a synthetic city of 205 taxis and as many virtual cabs.") { cabs, noBrowser };
        installation.AddTo(root);
        root.SetAction((parsed, _) => DemoProgram.RunAsync(installation.Read(parsed), parsed.GetValue(cabs), opensBrowser: !parsed.GetValue(noBrowser)));

        var seed = new Command("seed", "look for the synthetic city's seed again, and show how other seeds end the year");
        seed.SetAction((parsed, _) =>
        {
            var rulebooks = InstalledRulebooks.Read(InstalledRulebooks.UsualFolder, installation.Read(parsed).Rulebook);
            return SeedSearch.RunAsync(new RulebookShelf(rulebooks.Versions), Console.Out);
        });
        root.Subcommands.Add(seed);
        return root;
    }
}
