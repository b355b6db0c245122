using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>
/// Who asks for an operation: a person, a machine by its API token, or a machine that names the person whose record it passes on. Whoever carries the
/// request finds it out (<c>Admission</c>); nothing that a client writes into a body does.
/// </summary>
/// <param name="Name">Of the person: an actor's name or a driver's code; of a token that names nobody, <see cref="ApiGrant.Actor"/>.</param>
[JsonConverter(typeof(NotInBodies))]
internal sealed record Acting(string Name)
{
    /// <summary>By which token the request came; null for a person at a page, or the server itself.</summary>
    public ApiGrant? Token { get; init; }

    /// <summary>When this person last showed more than a password: a code, a passkey, the directory; null if nobody knows.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>
    /// A person for whom this process itself acts: a demo that plays a bureau, a test. There is nobody to show anything. No page and no endpoint calls it.
    /// </summary>
    public static Acting AtServer(string name) => new(name) { ProvenAt = DateTimeOffset.MaxValue };

    /// <summary>A person whose name is known and of whose proof nothing is.</summary>
    public static implicit operator Acting(string name) => new(name);

    /// <summary>Who carries the request; the last step before an endpoint of the API.</summary>
    public void CarryOn(HttpContext http) => http.Items[typeof(Acting)] = this;

    /// <summary>Who carries the request; null if that was not found out.</summary>
    public static Acting? Of(HttpContext http) => http.Items[typeof(Acting)] as Acting;

    /// <summary>Lets an endpoint take it as a parameter.</summary>
    public static ValueTask<Acting?> BindAsync(HttpContext http) => ValueTask.FromResult(Of(http));

    public override string ToString() => Name;

    /// <summary>Names who asked where a command is hashed, and refuses a body that names anybody.</summary>
    private sealed class NotInBodies : JsonConverter<Acting>
    {
        public override Acting Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new ActorInBodyException();

        public override void Write(Utf8JsonWriter writer, Acting value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
    }
}

/// <summary>A body names who acts, as it did before tokens had scopes.</summary>
internal sealed class ActorInBodyException() : JsonException("A body never names who acts.");

/// <summary>What a token may do.</summary>
/// <param name="Name">What it is for, as the admin named it.</param>
internal sealed record ApiGrant(string Name, IReadOnlySet<Scope> Scopes)
{
    /// <summary>How records and the audit log name it. No actor and no driver can be called that: their names have no colon.</summary>
    public string Actor => $"token:{Name}";

    /// <summary>What a token from before tokens had scopes may do.</summary>
    private static readonly HashSet<Scope> Before = [Scope.Read, Scope.ReadFiles];

    /// <summary>Reads what is stored, names of scopes with spaces between; what is no scope (any more) grants nothing.</summary>
    /// <param name="scopes">Null for a token from before there were any.</param>
    public static ApiGrant Of(string name, string? scopes) =>
        new(name, scopes is null ? Before : scopes.Split(' ').Select(Operations.Scopes.Find).OfType<Scope>().ToHashSet());
}
