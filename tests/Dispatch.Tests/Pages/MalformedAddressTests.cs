using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatch.Tests.Accounts;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Features.Passengers;

namespace Dispatch.Tests.Pages;

/// <summary>An address that somebody mistyped, or typed to see what happens, names nothing: it is not found, and never a fault of the server.</summary>
[TestClass]
public class MalformedAddressTests : CityTests
{
    /// <summary>No month, no number, more than any number holds, the ends of the calendar, characters that mean something elsewhere.</summary>
    private static readonly string[] Malformed =
        ["2017-13", "abc", "-1", "99999999999999999999", "0001-01", "9999-12", "2017-12-01", "a'b;--", "%F0%9F%9A%95", "%2e%2e%2fetc", "{0}", new('x', 500)];

    private static readonly string[] MalformedQueries =
    [
        "/bureau/cases?page=abc",
        "/bureau/cases?through=2017-13",
        "/bureau/cases?through=0000-00&overdue=true",
        "/bureau/shifts?month=never",
        "/bureau/shifts?month=9999-12",
        "/bureau/cases?page=99999999999999999999",
        "/bureau/cases?page=2147483647",
        "/bureau/cases?page=-1",
        "/bureau/cases?overdue=maybe&status=nothing&kind=1000&driver=%27",
        "/bureau/reports?page=abc&status=-1",
        "/bureau/reports?page=2147483647",
        "/bureau/record?kind=PeerReport",
        "/bureau/record?kind=%27",
        "/bureau/checks?page=abc&all=maybe",
        "/bureau/checks?page=2147483647",
        "/bureau/months/2017-07?page=abc&stars=x&team=x&movement=9",
        "/bureau/months/2017-07?page=2147483647",
        "/drivers/d-1/2017-07?revision=abc",
        "/months?page=abc",
        "/?state=abc&stars=99&team=x",
    ];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    [TestMethod]
    public async Task Pages_MalformedRouteValue_AreNotFound()
    {
        await City.CloseAsync("2017-07");
        // All of them are asked for within a minute.
        City.Server.Services.GetRequiredService<IOptions<PassengerSettings>>().Value.ReceiptsPerMinute = 1_000;
        using var officer = (await City.EnterAsync(SmallCity.Supervisor)).Browser;
        var faults = new List<string>();
        var addresses = Routes(isApi: false).Where(route => Methods(route) is [] || Methods(route).Contains("GET")).SelectMany(Spoiled).Distinct().ToList();
        foreach (var address in addresses)
        {
            // Whoever has no right to a file learns nothing of whether it is there.
            if ((await officer.GoAsync(address)).Status is not (HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden))
                faults.Add($"{address}: {(int)officer.Status}");
        }

        Assert.IsGreaterThan(100, addresses.Count);
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [TestMethod]
    public async Task Api_MalformedRouteValue_IsNotFoundAndNeverAFault()
    {
        await City.CloseAsync("2017-07");
        var faults = new List<string>();
        var calls = Routes(isApi: true).SelectMany(route => Spoiled(route).Select(address => (route, address))).ToList();
        foreach (var (route, address) in calls)
        {
            using var request = new HttpRequestMessage(new HttpMethod(Methods(route).Single()), $"{address}?actor={ActorOf(address)}");
            request.Content = BodyOf(route);
            using var answer = await City.Client.SendAsync(request);
            // A command may be refused for its body before anything is looked up.
            var isRefused = request.Content is not null && (int)answer.StatusCode is >= 400 and < 500;
            if (answer.StatusCode != HttpStatusCode.NotFound && !isRefused)
                faults.Add($"{request.Method} {address}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }

        Assert.IsGreaterThan(200, calls.Count);
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    /// <summary>Somebody who may, else nothing is looked up.</summary>
    private static string ActorOf(string address) => address.Contains("/outbox/", StringComparison.Ordinal) ? SmallCity.Admin : SmallCity.Supervisor;

    [TestMethod]
    public async Task Pages_MalformedQuery_AnswerAsWithoutIt()
    {
        await City.CloseAsync("2017-07");
        using var officer = (await City.EnterAsync(SmallCity.Supervisor)).Browser;
        var faults = new List<string>();
        foreach (var address in MalformedQueries)
        {
            if ((await officer.GoAsync(address)).Status != HttpStatusCode.OK)
                faults.Add($"{address}: {(int)officer.Status}");
        }

        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    /// <summary>Our routes with values in them; the page and the document of the API are the framework's.</summary>
    private IEnumerable<RouteEndpoint> Routes(bool isApi)
    {
        foreach (var route in City.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var text = route.RoutePattern.RawText!.TrimStart('/');
            var isOurs = route.RoutePattern.Parameters.Any(parameter => !parameter.IsCatchAll && !parameter.IsOptional)
                && !text.StartsWith("api/{", StringComparison.Ordinal) && !text.StartsWith("openapi", StringComparison.Ordinal);
            if (isOurs && text.StartsWith("api/v1/", StringComparison.Ordinal) == isApi)
                yield return route;
        }
    }

    /// <summary>The route's addresses with each of its values malformed, the others as they should be.</summary>
    private static IEnumerable<string> Spoiled(RouteEndpoint route) =>
        from spoiled in route.RoutePattern.Parameters
        from value in Malformed
        select string.Concat(route.RoutePattern.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => parameter.Name == spoiled.Name ? value : WellFormed(parameter.Name),
            _ => "",
        }))));

    private static string WellFormed(string parameter) => parameter switch { "period" => "2017-07", "code" => "d-1", "number" => "c-000001", _ => "1" };

    private static IReadOnlyList<string> Methods(RouteEndpoint route) => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    /// <summary>A body that the route accepts: the supervisor acts, and every text is short.</summary>
    private static JsonContent? BodyOf(RouteEndpoint route)
    {
        if (route.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not { } type)
            return null;
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
        var making = type.GetConstructors(all).MaxBy(constructor => constructor.GetParameters().Length)!;
        return JsonContent.Create(making.GetParameters().ToDictionary(parameter => parameter.Name!, parameter => Value(parameter)), options: Json);
    }

    private static object? Value(ParameterInfo parameter) => parameter switch
    {
        { Name: "Actor" } => SmallCity.Supervisor,
        { ParameterType: var type } when type == typeof(string) => "x",
        { ParameterType: var type } when Nullable.GetUnderlyingType(type) is not null => null,
        { ParameterType: { IsValueType: true } type } => Activator.CreateInstance(type),
        _ => null,
    };
}
