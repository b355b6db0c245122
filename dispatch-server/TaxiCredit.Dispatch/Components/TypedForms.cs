using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components;

/// <summary>Section <c>Forms</c> of the configuration.</summary>
internal sealed class FormSettings
{
    public const string Section = "Forms";

    /// <summary>Forms that one person, or one address that is not signed in, may send within a minute; 10 to 10,000.</summary>
    public int PerMinute { get; init; } = 120;

    public string? FindFault() => PerMinute is < 10 or > 10_000 ? $"{Section}:PerMinute is {PerMinute}; 10 to 10000." : null;
}

/// <summary>What holds for every form of every page, whoever wrote the page: how many a minute, and which characters.</summary>
internal static class TypedForms
{
    /// <summary>Beside the limits of single addresses: it stops a script, and leaves more than a person can type.</summary>
    public static void AddFormLimit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<FormSettings>(configuration, FormSettings.Section, settings => settings.FindFault());
        services.AddSingleton<RateLimits>();
        services.AddSingleton(all =>
        {
            var most = all.GetRequiredService<IOptions<FormSettings>>().Value.PerMinute;
            return new RateLimit(RateLimits.Everywhere, context => FaultAnswer.IsForPeople(context.Request)
                ? RateLimit.Sent(context, context.User.Identity?.Name ?? CallerAddress.Of(context), most, TimeSpan.FromMinutes(1))
                : RateLimitPartition.GetNoLimiter(""));
        });
    }

    /// <summary>
    /// Refuses what is no <see cref="PlainText"/>, in a form or behind the question mark; in a path it leads nowhere. Bodies of the API are read by
    /// <see cref="PlainTextConverter"/>. Goes after the antiforgery check.
    /// </summary>
    public static void UsePlainText(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!PlainText.Is(context.Request.Path.Value ?? ""))
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (await IsPlainAsync(context.Request, context.RequestAborted))
            await next(context);
        else if (FaultAnswer.IsForPeople(context.Request))
            await FaultAnswer.WriteAsync(context, PlainText.Refused, context.RequestAborted);
        else
            await PlainText.Refused.ToProblem().ExecuteAsync(context);
    });

    private static async Task<bool> IsPlainAsync(HttpRequest request, CancellationToken stop)
    {
        if (request.Query.Any(field => !PlainText.Is(field.Key) || field.Value.Any(value => !PlainText.Is(value ?? ""))))
            return false;
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
            return true;
        try
        {
            var form = await request.ReadFormAsync(stop);
            return form.All(field => PlainText.Is(field.Key) && field.Value.All(value => PlainText.Is(value ?? "")));
        }
        // U+0000: the framework's reader refuses it by itself. Where the antiforgery check has read the form, it was refused there.
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
