using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>The first entry of an archive, and all in it that differs between two archives of one city.</summary>
/// <param name="Program">Version of the program that wrote it.</param>
/// <param name="Schema">Last migration of the database that it was read from, the same name for either database.</param>
/// <param name="HasKeys">Whether keys are in it, sealed.</param>
/// <param name="Kind">Archives of before there were backups do not say it.</param>
internal sealed record ArchiveHead(
    string Product, int Format, string Program, string Schema, string City, DateTimeOffset MadeAt, bool HasKeys, ArchiveKind Kind = ArchiveKind.Archive)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static string ThisProgram => typeof(ArchiveHead).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static ArchiveHead Of(ArchiveKind kind, string schema, string city, DateTimeOffset now, bool hasKeys) =>
        new(ArchiveForm.Product, ArchiveForm.VersionOf(kind), ThisProgram, schema, city, now, hasKeys, kind);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="InvalidDataException">It is of another product or of a newer version, or is none.</exception>
    public static ArchiveHead Parse(byte[] bytes)
    {
        try
        {
            // What a newer version says otherwise must not keep this one from reading that it is newer.
            using (var head = JsonDocument.Parse(bytes))
            {
                if (!head.RootElement.TryGetProperty("product", out var product) || product.GetString() != ArchiveForm.Product)
                    throw new InvalidDataException($"It is a file of another program: its {ArchiveForm.Head} does not say {ArchiveForm.Product}.");
                var format = head.RootElement.GetProperty("format").GetInt32();
                if (format > ArchiveForm.Version)
                {
                    throw new InvalidDataException(
                        $"Its form has version {format}, made by a newer version of this program; this one reads up to {ArchiveForm.Version}.");
                }

                if (format < 1)
                    throw new InvalidDataException($"Its form has version {format}, which there never was.");
            }

            return JsonSerializer.Deserialize<ArchiveHead>(bytes, Json)!;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"Its {ArchiveForm.Head} is damaged: {malformed.Message}");
        }
    }
}
