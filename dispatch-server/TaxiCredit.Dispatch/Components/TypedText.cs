namespace TaxiCredit.Dispatch.Components;

/// <summary>A text that a person typed into a form, to be shown again when the form failed.</summary>
/// <param name="Field">Which of the fields; what it is called is in <c>LayoutTexts.resx</c>.</param>
public sealed record TypedText(string Field, string Text)
{
    /// <summary>
    /// Fields that hold sentences. Nothing else is shown again: passwords, codes, contacts and what a form carries along unseen are not on this list.
    /// </summary>
    private static readonly string[] Sentences = ["Account", "Complexity", "Corroboration", "Description", "Finding", "KeptAt", "Place", "Reason"];

    /// <summary>The sentences of a form that was posted; none where there is no form, or none that can be read.</summary>
    public static async Task<IReadOnlyList<TypedText>> OfAsync(HttpRequest request, CancellationToken stop)
    {
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
            return [];
        try
        {
            var form = await request.ReadFormAsync(stop);
            return [.. form.Select(field => (Field: FieldOf(field.Key), Text: $"{field.Value}")).Where(field => field is { Field: not null, Text.Length: > 0 })
                .Select(field => new TypedText(field.Field!, field.Text))];
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException or IOException)
        {
            return [];
        }
    }

    /// <summary>The field that <c>Reason</c>, <c>Input.Reason</c> or <c>Finding.12</c> names.</summary>
    private static string? FieldOf(string name) => name.Split('.').FirstOrDefault(Sentences.Contains);
}
