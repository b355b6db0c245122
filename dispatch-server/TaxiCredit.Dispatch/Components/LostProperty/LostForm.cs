using TaxiCredit.Dispatch.Components.Bureau;

namespace TaxiCredit.Dispatch.Components.LostProperty;

/// <summary>One of many forms of a list. Its fields have the number of what it is about in their names, so that labels find theirs.</summary>
public abstract class LostForm : BureauPage
{
    /// <summary>Where it goes on when it is done.</summary>
    private protected abstract string Page { get; }

    /// <summary>What was typed into a field; null where another form was posted.</summary>
    private protected string? Typed(string field) =>
        HttpMethods.IsPost(Context.Request.Method) && Context.Request.HasFormContentType ? (string?)Context.Request.Form[field] : null;

    /// <summary>Goes on where it was done; shows why where it was refused.</summary>
    private protected void End(Operations.Refusal? refused, string done)
    {
        if (refused is null)
            Navigation.NavigateTo($"{Page}?done={done}");
        else
            Refuse(refused);
    }
}
