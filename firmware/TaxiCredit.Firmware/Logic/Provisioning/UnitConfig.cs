using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Provisioning;

/// <summary>The unit's <c>config.json</c>: its identity and how it reaches the broker.</summary>
internal sealed class UnitConfig
{
    public const int MaxBytes = 4096;
    public const int MaxNetworks = 4;

    private const string PemBegin = "-----BEGIN CERTIFICATE-----";
    private const string PemEnd = "-----END CERTIFICATE-----";

    public string DisplayId { get; private set; } = "";

    /// <summary>32 bytes.</summary>
    public byte[] RootKey { get; private set; } = [];

    /// <summary>Key epoch at provisioning.</summary>
    public int Epoch { get; private set; }

    /// <summary>When the file was made, unix seconds: a floor for the clock of a unit that knows no other time. 0 when it does not say.</summary>
    public long Now { get; private set; }

    public string Broker { get; private set; } = "";

    public int Port { get; private set; }

    public bool Tls { get; private set; }

    /// <summary>PEM of the authority; empty without TLS.</summary>
    public string Ca { get; private set; } = "";

    public int Networks { get; private set; }

    public string[] Ssids { get; } = new string[MaxNetworks];

    public string[] Passphrases { get; } = new string[MaxNetworks];

    /// <summary>Reads the file.</summary>
    /// <param name="bytes">Content of the file.</param>
    /// <param name="faults">Every fault, one to a line, without any secret; empty when there is none.</param>
    /// <returns>Null when there is a fault.</returns>
    public static UnitConfig? Read(byte[] bytes, out string faults)
    {
        faults = "";
        var json = new FlatReader();
        if (bytes.Length > MaxBytes)
        {
            faults = "config.json: longer than 4,096 bytes\n";
        }
        else if (!json.TryRead(bytes, 0, bytes.Length))
        {
            faults = "config.json: not a flat JSON object of strings, integers and booleans\n";
        }

        if (faults.Length > 0) return null;

        var config = new UnitConfig();
        faults = config.ReadIdentity(json) + config.ReadBroker(json) + config.ReadNetworks(json);
        return faults.Length == 0 ? config : null;
    }

    private string ReadIdentity(FlatReader json)
    {
        string faults = "";
        if (!json.TryGetInteger("v", 1, 1, out _)) faults += "v: must be 1\n";

        if (!json.TryGetString("id", 4, 32, out string id) || !WireText.IsCode(id)) faults += "id: must be 4 to 32 of a-z, 0-9 and hyphen\n";
        DisplayId = id;

        json.TryGetString("key", 0, 64, out string key);
        byte[]? root = Base64Url.DecodeKey(key);
        if (root == null) faults += "key: must be 32 bytes in base64url, 43 characters\n";
        else RootKey = root;

        if (!json.TryGetInteger("epoch", 1, Keyring.LastEpoch, out long epoch)) faults += "epoch: must be 1 to 65535\n";
        Epoch = (int)epoch;

        long now = 0;
        if (json.Has("now") && !json.TryGetInteger("now", Gate.FirstTime, Gate.LastTime, out now)) faults += "now: must be unix seconds\n";
        Now = now;
        return faults;
    }

    private string ReadBroker(FlatReader json)
    {
        string faults = "";
        if (!json.TryGetString("broker", 1, 253, out string broker)) faults += "broker: must be a host name or an address\n";
        Broker = broker;

        if (!json.TryGetInteger("port", 1, 65535, out long port)) faults += "port: must be 1 to 65535\n";
        Port = (int)port;

        if (!json.TryGetBoolean("tls", out bool tls)) faults += "tls: must be true or false\n";
        Tls = tls;

        json.TryGetString("ca", 0, MaxBytes, out string ca);
        if (tls && !IsPem(ca)) faults += "ca: with tls it must be the authority's certificate, from " + PemBegin + " to " + PemEnd + "\n";
        Ca = ca;
        return faults;
    }

    private static bool IsPem(string text)
    {
        int begin = Find(text, 0, PemBegin);
        return begin >= 0 && Find(text, begin, PemEnd) >= 0;
    }

    /// <summary>Index of a part that begins with a hyphen, from <paramref name="at"/> on, or -1; the runtime has no ordinal search.</summary>
    private static int Find(string text, int at, string part)
    {
        for (; at <= text.Length - part.Length; at++)
        {
            if (text[at] == '-' && text.Substring(at, part.Length) == part) return at;
        }

        return -1;
    }

    private string ReadNetworks(FlatReader json)
    {
        string faults = "";
        for (int i = 1; i <= MaxNetworks; i++)
        {
            string number = i.ToString();
            bool hasName = json.Has("ssid" + number);
            bool hasPassphrase = json.Has("psk" + number);
            if (!hasName && !hasPassphrase) continue;

            string passphrase = "";
            if (!json.TryGetString("ssid" + number, 1, 32, out string ssid)) faults += "ssid" + number + ": must be 1 to 32 bytes\n";
            if (hasPassphrase && !json.TryGetString("psk" + number, 8, 64, out passphrase)) faults += "psk" + number + ": must be 8 to 64 bytes\n";
            Ssids[Networks] = ssid;
            Passphrases[Networks] = passphrase;
            Networks++;
        }

        return faults;
    }
}
