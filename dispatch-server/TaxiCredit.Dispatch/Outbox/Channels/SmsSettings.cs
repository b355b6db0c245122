namespace TaxiCredit.Dispatch.Outbox.Channels;

/// <summary>
/// Section <c>Outbox:Sms</c> of the configuration: how to ask a gateway for a text message. In <see cref="Url"/>, <see cref="Headers"/> and
/// <see cref="Body"/> stand <c>{to}</c>, <c>{text}</c>, <c>{id}</c> (32 hex digits, the same at each attempt) and <c>{secret}</c>.
/// </summary>
internal sealed class SmsSettings
{
    public const string Section = "Outbox:Sms";

    /// <summary>Address of the gateway, HTTPS or this machine. Without it nothing is delivered to channel <c>sms</c>.</summary>
    public string? Url { get; init; }

    /// <summary><c>POST</c>, <c>PUT</c> or <c>GET</c>, which has no body.</summary>
    public string Method { get; init; } = "POST";

    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>What goes for <c>{…}</c> is escaped by it.</summary>
    public string ContentType { get; init; } = "application/json";

    public string Body { get; init; } = """{"to":"{to}","text":"{text}","id":"{id}"}""";

    public string? Secret { get; init; }

    public string? SecretFile { get; init; }

    /// <summary>
    /// Member of the answer's JSON that says whether it was accepted, nested ones with dots: <c>result.code</c>. Without it any 2xx is a yes.
    /// </summary>
    public string? SuccessField { get; init; }

    /// <summary>What <see cref="SuccessField"/> must say.</summary>
    public string SuccessValue { get; init; } = "0";

    /// <summary>1 to 9; the outbox gives an attempt ten.</summary>
    public int TimeoutSeconds { get; init; } = 8;

    /// <summary>The first setting outside its range, or null. Never repeats a secret.</summary>
    public string? FindFault()
    {
        if (Url is null)
            return null;
        var filled = SmsTemplate.Fill(Url, "1", "1", "1", "1", SmsTemplate.InAddress);
        if (!Uri.TryCreate(filled, UriKind.Absolute, out var address) || !HttpAnswer.IsAllowed(address))
            return $"{Section}:Url is no https:// address without name and password in it.";
        return this switch
        {
            { Method: not ("POST" or "PUT" or "GET") } => $"{Section}:Method is '{Method}'; POST, PUT or GET.",
            { ContentType: not ("application/json" or "application/x-www-form-urlencoded") } =>
                $"{Section}:ContentType is '{ContentType}'; application/json or application/x-www-form-urlencoded.",
            { TimeoutSeconds: < 1 or > 9 } => $"{Section}:TimeoutSeconds is {TimeoutSeconds}; 1 to 9 s.",
            _ when !$"{Url}{Body}".Contains("{to}", StringComparison.Ordinal) || !$"{Url}{Body}".Contains("{text}", StringComparison.Ordinal) =>
                $"{Section}:Body names neither in it nor in Url both {{to}} and {{text}}.",
            _ => SecretText.FindFault($"{Section}:Secret", Secret, SecretFile),
        };
    }
}

/// <summary>Fills the templates of a gateway's request.</summary>
internal static class SmsTemplate
{
    public static string Fill(string template, string to, string text, string id, string secret, Func<string, string> escape)
    {
        // In one pass: a text that says {secret} gets none.
        var filled = new System.Text.StringBuilder(template.Length + text.Length);
        for (var at = 0; at < template.Length;)
        {
            var (value, length) = template[at] != '{' ? (null, 1)
                : At("{to}") ? (to, 4)
                : At("{text}") ? (text, 6)
                : At("{id}") ? (id, 4)
                : At("{secret}") ? (secret, 8)
                : ((string?)null, 1);
            filled.Append(value is null ? template.Substring(at, length) : escape(value));
            at += length;

            bool At(string name) => string.CompareOrdinal(template, at, name, 0, name.Length) == 0;
        }

        return filled.ToString();
    }

    public static string InAddress(string value) => Uri.EscapeDataString(value);

    public static string InJson(string value) => System.Text.Json.JsonEncodedText.Encode(value).ToString();

    /// <summary>A header ends at its line.</summary>
    public static string InHeader(string value) => value.ReplaceLineEndings("");
}
