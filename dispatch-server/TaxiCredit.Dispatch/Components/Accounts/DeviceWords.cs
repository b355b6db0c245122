namespace TaxiCredit.Dispatch.Components.Accounts;

/// <summary>What a browser calls itself, in the two words by which its owner knows it: "Chrome, Windows".</summary>
internal static class DeviceWords
{
    /// <summary>The first that is found counts: each browser also calls itself by the names below it, for old pages' sake.</summary>
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("MicroMessenger/", "WeChat"), ("Edg", "Edge"), ("OPR/", "Opera"), ("HuaweiBrowser/", "Huawei"), ("SamsungBrowser/", "Samsung"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    /// <summary>Here too: an Android calls itself a Linux as well.</summary>
    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("Windows", "Windows"),
        ("Macintosh", "Mac"), ("Linux", "Linux"),
    ];

    /// <summary>Browser and system, or what is known of them; all that it calls itself where neither is.</summary>
    public static string Of(string userAgent)
    {
        var known = new[] { Find(Browsers, userAgent), Find(Systems, userAgent) }.OfType<string>().ToList();
        return known.Count == 0 ? userAgent : string.Join(", ", known);
    }

    private static string? Find((string Mark, string Name)[] marks, string userAgent) =>
        Array.Find(marks, mark => userAgent.Contains(mark.Mark, StringComparison.Ordinal)).Name;
}
