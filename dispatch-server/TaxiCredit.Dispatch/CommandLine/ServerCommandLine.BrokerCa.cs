using System.CommandLine;

namespace TaxiCredit.Dispatch.CommandLine;

internal static partial class ServerCommandLine
{
    private static Command BrokerCa()
    {
        var folder = new Option<string>("--folder") { Description = "folder of the authorities, named as Mqtt:Tls:Folder too", Required = true };
        var city = new Option<string>("--city") { Description = "the city, for the authorities' names", DefaultValueFactory = _ => "TaxiCredit" };
        var hosts = new Option<string[]>("--host")
        {
            Description = "name by which cabs find the broker, once or more; by default those of the present certificate",
        };
        return new Command("broker-ca", "authorities of the city's own for the certificate that cabs check, see docs/operations.md")
        {
            Made("make", "make an authority and the one that follows it; units trust both",
                (parsed, _) => Task.FromResult(Commands.BrokerCaMake(Path.GetFullPath(parsed.GetRequiredValue(folder)), parsed.GetRequiredValue(city))),
                folder, city),
            Made("issue", "issue the broker's certificate, or renew it; a running server takes it up",
                (parsed, _) => Task.FromResult(Commands.BrokerCaIssue(Path.GetFullPath(parsed.GetRequiredValue(folder)), parsed.GetValue(hosts) ?? [])),
                folder, hosts),
            Made("switch", "go over to the authority that follows, and make another one to follow it",
                (parsed, _) => Task.FromResult(Commands.BrokerCaSwitch(Path.GetFullPath(parsed.GetRequiredValue(folder)), parsed.GetRequiredValue(city))),
                folder, city),
        };
    }
}
