using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using TaxiCredit.Dispatch.Features.Passengers.Reports;

namespace TaxiCredit.Dispatch.Components.Passengers;

/// <summary>A report that is being written.</summary>
/// <param name="Submission">Of the form: sent twice, it is one report.</param>
/// <param name="At">System time of the last screen that was sent.</param>
internal sealed record ReportDraft(ReportForm Form, Guid Submission, DateTimeOffset At);

/// <summary>
/// What a passenger has typed so far, in a cookie of the cab that this server alone can read: Back, a reload, the other language and a restored tab show it
/// again, without script and without a row in the database. It is gone once the report is sent, and else soon: the phone may be shared. ADR 0084.
/// </summary>
internal sealed class ReportDrafts(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    /// <summary>Characters of conduct, day and hour each; a form that is filled in by hand has far fewer.</summary>
    private const int MaxChoice = 32;

    /// <summary>Where a draft is larger than one cookie may be, it is cut into several.</summary>
    private static readonly ChunkingCookieManager Cookies = new();

    // Chinese as it is: escaped, each of its characters would take twice as much of the cookie.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IDataProtector _protector = protection.CreateProtector("TaxiCredit.Passengers.Draft.v1");

    /// <summary>Null where there is none, or none any more.</summary>
    /// <param name="cab">The cab's code.</param>
    public ReportDraft? Find(HttpContext context, string cab)
    {
        if (Cookies.GetRequestCookie(context, NameOf(cab)) is not { Length: > 0 } kept)
            return null;
        try
        {
            var draft = JsonSerializer.Deserialize<ReportDraft>(_protector.CreateProtector(cab).Unprotect(WebEncoders.Base64UrlDecode(kept)), Json)!;
            return time.GetUtcNow() - draft.At < KeptFor ? draft : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or JsonException)
        {
            // Of another key ring, or cut.
            return null;
        }
    }

    /// <returns>False for what is too long to be kept; proxies refuse a request with more cookies.</returns>
    public bool TryKeep(HttpContext context, string cab, ReportForm form, Guid submission)
    {
        if (form.Account?.Length > PassengerReport.LongestAccount || form.Place?.Length > PassengerReport.LongestPlace
            || form.Contact?.Length > ReportContact.Longest
            || new[] { form.Kind, form.Conduct, form.Day, form.Hour }.Any(choice => choice?.Length > MaxChoice))
            return false;

        var draft = JsonSerializer.SerializeToUtf8Bytes(new ReportDraft(form, submission, time.GetUtcNow()), Json);
        var kept = WebEncoders.Base64UrlEncode(_protector.CreateProtector(cab).Protect(draft));
        Cookies.AppendResponseCookie(context, NameOf(cab), kept, OptionsOf(context));
        return true;
    }

    public static void Drop(HttpContext context, string cab) => Cookies.DeleteCookie(context, NameOf(cab), OptionsOf(context));

    private static string NameOf(string cab) => $"report-{cab}";

    private static CookieOptions OptionsOf(HttpContext context) => new()
    {
        Path = "/cab",
        MaxAge = KeptFor,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
