using System.Runtime.CompilerServices;
using CmEtl.Aws.Client;
using CmEtl.Engine;

namespace CmEtl.Aws;

/// <summary>Reads all pages of a list operation.</summary>
internal static class Pages
{
    /// <param name="read">Reads the page of a token. Null is the first page.</param>
    /// <param name="next">Gets the token of the next page. Null or empty after the last page.</param>
    /// <param name="cancel">Cancels the call.</param>
    /// <exception cref="CmEtlException">A page refers to itself as the next page, so the list would never end.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Func<string?, Task<T>> read, Func<T, string?> next, [EnumeratorCancellation] CancellationToken cancel)
    {
        string? token = null;
        do
        {
            cancel.ThrowIfCancellationRequested();
            var page = await read(token);
            yield return page;
            var following = next(page);
            if (following == token && !string.IsNullOrEmpty(token))
            {
                throw new CmEtlException(
                    ErrorKind.Transient, ErrorIds.UnexpectedReply, $"A page of {typeof(T).Name} refers to itself as the next page, so the list never ends.",
                    ServiceErrors.CheckTheWay);
            }

            token = following;
        }
        while (!string.IsNullOrEmpty(token));
    }
}
