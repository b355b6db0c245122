using System.Security.Cryptography;
using TaxiCredit.Dispatch.Mqtt.Tls;

namespace TaxiCredit.Dispatch.CommandLine;

internal static partial class Commands
{
    /// <summary>Makes the city's first two authorities. Exit code 2: there are some, or the name cannot be; 1: the disk failed.</summary>
    public static int BrokerCaMake(string folder, string city) => WithAuthorities(() =>
    {
        if (city.Length is 0 or > MaxCity || city.Any(char.IsControl))
            return Fail($"--city takes 1 to {MaxCity} characters.");
        if (new AuthorityFolder(folder).Make(city, DateTimeOffset.UtcNow) is { } refused)
            return Fail(refused);
        Console.WriteLine($"made ca-1, for {AuthorityFolder.FirstYears} years, and ca-2, which follows it, in {folder}");
        Console.WriteLine("keep ca-2.key elsewhere until broker-ca switch needs it; now name the broker: broker-ca issue --host NAME");
        return 0;
    });

    /// <summary>Issues or renews the broker's certificate. Exit code 2: it cannot be; 1: the disk failed. The certificate before stays then.</summary>
    public static int BrokerCaIssue(string folder, string[] hosts) => WithAuthorities(() =>
    {
        if (hosts.FirstOrDefault(host => Uri.CheckHostName(host) is UriHostNameType.Unknown or UriHostNameType.Basic) is { } wrong)
            return Fail($"--host is '{wrong}'; it takes a host name or an address.");
        return new AuthorityFolder(folder).Issue(hosts, DateTimeOffset.UtcNow) is { } refused ? Fail(refused) : TellIssued(folder);
    });

    /// <summary>Goes over to the next authority. Exit codes as above.</summary>
    public static int BrokerCaSwitch(string folder, string city) => WithAuthorities(() =>
        new AuthorityFolder(folder).Switch(city, DateTimeOffset.UtcNow) is { } refused ? Fail(refused) : TellIssued(folder));

    private const int MaxCity = 32;

    private static int TellIssued(string folder)
    {
        using var issued = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificateFromFile(new AuthorityFolder(folder).Certificate);
        Console.WriteLine($"issued broker.crt, valid until {issued.NotAfter.ToUniversalTime():yyyy-MM-dd}, by {issued.Issuer}");
        return 0;
    }

    private static int WithAuthorities(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return Fail($"A key in the folder is none in PEM, or not that of its certificate: {failure.Message}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"broker-ca was not carried out: {failure.Message}");
            return NotCarriedOut;
        }
    }
}
