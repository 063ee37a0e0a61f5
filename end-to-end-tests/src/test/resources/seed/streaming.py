from openai import OpenAI

client = OpenAI(
    base_url="http://localhost:41002/v1",
    api_key="unused",
)

stream = client.chat.completions.create(
    model="llama3.3-70b",
    messages=[{"role": "user", "content": "List 10 design patterns with one-sentence descriptions."}],
    stream=True,
)

for chunk in stream:
    delta = chunk.choices[0].delta.content
    if delta:
        print(delta, end="", flush=True)
