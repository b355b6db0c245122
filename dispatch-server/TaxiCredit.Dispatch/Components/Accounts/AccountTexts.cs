namespace TaxiCredit.Dispatch.Components.Accounts;

/// <summary>Names the texts of accounts and of signing in.</summary>
internal sealed class AccountTexts;
